from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    name = "marketplace.checkout"

    def ready(self) -> None:
        """Payments learn who finishes a purchase. Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from marketplace.checkout import audits  # noqa: F401  registers them
        from marketplace.checkout.placing import PurchaseFinisher
        from marketplace.checkout.services import PAYABLE_KIND
        from marketplace.checkout.sweeper import sweep
        from marketplace.core import jobs
        from marketplace.core.registry import register_finisher

        register_finisher(PAYABLE_KIND, PurchaseFinisher())
        jobs.every("sweep payments", seconds=60, run=sweep)

    def get_urls(self) -> list:
        return []
