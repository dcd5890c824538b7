from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "marketplace.order"

    def ready(self) -> None:
        """The outbox learns who writes to buyers."""
        super().ready()
        from marketplace.core import outbox
        from marketplace.order import audits  # noqa: F401  registers them
        from marketplace.order.mail import ORDER_PLACED, send_placed

        outbox.reader(ORDER_PLACED, send_placed)
