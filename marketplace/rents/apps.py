from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RentsConfig(AppConfig):
    name = "marketplace.rents"
    label = "rents"
    verbose_name = _("Rent of stalls")

    def ready(self) -> None:
        """Leases say what rent begins and ends; the worker charges the month that began."""
        from marketplace.core import jobs
        from marketplace.core.registry import watch
        from marketplace.rents import audits  # noqa: F401  registers them
        from marketplace.rents.reminders import remind_of_leases
        from marketplace.rents.services import charge_every, charge_lease, lessen_after_end
        from marketplace.stalls.services import LEASE_ENDED, LEASED

        watch(LEASED, charge_lease)
        watch(LEASE_ENDED, lessen_after_end)
        jobs.every("rent of stalls", seconds=3600, run=charge_every)
        jobs.every("leases that end", seconds=3600, run=remind_of_leases)
