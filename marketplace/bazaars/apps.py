from django.apps import AppConfig


class BazaarsConfig(AppConfig):
    name = "marketplace.bazaars"
    label = "bazaars"

    def ready(self) -> None:
        from marketplace.bazaars import rules  # noqa: F401  declares the database rule
