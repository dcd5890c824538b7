"""How somebody becomes a maker who may sell, and how a maker's state moves afterwards."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JoiningConfig(AppConfig):
    name = "marketplace.joining"
    label = "joining"
    verbose_name = _("Joining of makers")

    def ready(self) -> None:
        """Rules and the officers' kind register themselves."""
        from marketplace.core import outbox
        from marketplace.joining import audits, matter, rules, services  # noqa: F401  register themselves

        outbox.reader(services.REOPENED, services.give_back, atomic=False)
