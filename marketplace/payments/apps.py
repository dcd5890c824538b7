from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    label = "payments"

    def ready(self) -> None:
        """What `manage.py audit_money` looks at."""
        from marketplace.payments import audits  # noqa: F401  registers them
