from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    name = "marketplace.basket"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from django.contrib.auth.signals import user_logged_in

        from marketplace.basket import audits  # noqa: F401  registers them
        from marketplace.basket.kept import keep_remembered
        from marketplace.basket.told import tell_baskets
        from marketplace.core.registry import watch

        watch("offers_withdrawn", tell_baskets)
        user_logged_in.connect(keep_remembered, dispatch_uid="keep-what-a-guest-wished")

    def get_urls(self) -> list:
        return []
