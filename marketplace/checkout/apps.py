from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    name = "marketplace.checkout"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""

    def get_urls(self) -> list:
        return []
