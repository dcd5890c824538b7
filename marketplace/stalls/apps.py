from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StallsConfig(AppConfig):
    name = "marketplace.stalls"
    label = "stalls"
    verbose_name = _("Stalls and their tenants")

    def ready(self) -> None:
        from marketplace.stalls import audits, rules  # noqa: F401  register themselves
