from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "marketplace.ledger"
    label = "ledger"

    def ready(self) -> None:
        from marketplace.ledger import (
            audits,  # noqa: F401  registers them
            rules,  # noqa: F401  declares the database rules
        )
