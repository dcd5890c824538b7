from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "marketplace.order"

    def ready(self) -> None:
        """The outbox learns who writes to buyers, the clock what is late, the officers what a dispute is."""
        super().ready()
        from marketplace.core import jobs, outbox
        from marketplace.core.registry import watch
        from marketplace.order import audits, disputes  # noqa: F401  register themselves
        from marketplace.order.late import look_after
        from marketplace.order.lost import tell_makers_of_loss
        from marketplace.order.mail import ORDER_PLACED, send_placed
        from marketplace.order.returns import offer_return_for_revoked_seal
        from marketplace.order.told import LETTER, send_letters
        from marketplace.payments.told import LOST

        outbox.reader(ORDER_PLACED, send_placed)
        outbox.reader(LETTER, send_letters, atomic=False)
        jobs.every("orders", seconds=3600, run=look_after)
        watch("seal_changed", offer_return_for_revoked_seal)
        watch(LOST, tell_makers_of_loss)
