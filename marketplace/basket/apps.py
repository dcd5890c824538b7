from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    name = "marketplace.basket"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from marketplace.basket import audits  # noqa: F401  registers them
        from marketplace.basket.told import tell_baskets
        from marketplace.core.registry import watch

        watch("offers_withdrawn", tell_baskets)

    def get_urls(self) -> list:
        return []
