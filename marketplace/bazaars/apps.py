from django.apps import AppConfig


class BazaarsConfig(AppConfig):
    name = "marketplace.bazaars"
    label = "bazaars"

    def ready(self) -> None:
        from marketplace.bazaars import dates, rules  # noqa: F401  declare the database rules
