from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "marketplace.partner"

    def ready(self) -> None:
        super().ready()
        from marketplace.partner import (
            audits,  # noqa: F401  registers it
            rules,  # noqa: F401  declares a database rule
        )
