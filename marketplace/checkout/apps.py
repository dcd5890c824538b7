from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    name = "marketplace.checkout"

    def ready(self) -> None:
        """Payments learn who finishes a purchase. Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from marketplace.checkout.placing import PurchaseFinisher
        from marketplace.checkout.services import PAYABLE_KIND
        from marketplace.core.registry import register_finisher

        register_finisher(PAYABLE_KIND, PurchaseFinisher())

    def get_urls(self) -> list:
        return []
