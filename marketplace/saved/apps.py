from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedConfig(AppConfig):
    name = "marketplace.saved"
    verbose_name = _("Saved searches")

    def ready(self) -> None:
        from marketplace.core import jobs
        from marketplace.saved.alerts import SECONDS, tell_of_new_works

        jobs.every("saved searches", seconds=SECONDS, run=tell_of_new_works)
