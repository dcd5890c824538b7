from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    name = "authenticity"
    label = "authenticity"

    def ready(self) -> None:
        from authenticity import seal_matters  # noqa: F401  registers the kinds
        from authenticity.printing import forget_old_sheets
        from marketplace.core import jobs

        jobs.every("forget old label sheets", seconds=3600, run=forget_old_sheets)
