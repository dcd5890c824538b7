from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeasonsConfig(AppConfig):
    name = "marketplace.seasons"
    label = "seasons"
    verbose_name = _("Reports of months and seasons")

    def ready(self) -> None:
        """Audits register themselves."""
        from marketplace.seasons import audits  # noqa: F401
