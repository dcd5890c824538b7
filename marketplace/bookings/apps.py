from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "marketplace.bookings"
    label = "bookings"
    verbose_name = _("Visits, events and courses")

    def ready(self) -> None:
        """Payments learn who finishes a booking, the worker what to look after."""
        from marketplace.bookings import audits  # noqa: F401  registers them
        from marketplace.bookings.paying import PAYABLE_KIND, BookingFinisher
        from marketplace.bookings.told import LETTER, send_letters
        from marketplace.bookings.worker import SECONDS, look_after
        from marketplace.core import jobs, outbox
        from marketplace.core.registry import register_finisher

        register_finisher(PAYABLE_KIND, BookingFinisher())
        outbox.reader(LETTER, send_letters, atomic=False)
        jobs.every("bookings", seconds=SECONDS, run=look_after)
