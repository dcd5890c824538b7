from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    name = "authenticity"
    label = "authenticity"

    def ready(self) -> None:
        from authenticity import seal_matters  # noqa: F401  registers the kinds
