from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    name = "authenticity"
    label = "authenticity"

    def ready(self) -> None:
        from authenticity import label_matters, seal_matters  # noqa: F401  register the kinds
        from authenticity.copy_watch import SECONDS, watch_scans
        from authenticity.printing import forget_old_sheets
        from marketplace.core import jobs

        jobs.every("forget old label sheets", seconds=3600, run=forget_old_sheets)
        jobs.every("look for copied labels", seconds=SECONDS, run=watch_scans)
