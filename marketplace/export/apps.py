from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportConfig(AppConfig):
    name = "marketplace.export"
    label = "export"
    verbose_name = _("Shipments abroad")

    def ready(self) -> None:
        from marketplace.export import rules  # noqa: F401  its database rules
