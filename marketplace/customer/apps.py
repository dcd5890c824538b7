from oscar.apps.customer.apps import CustomerConfig as OscarCustomerConfig


class CustomerConfig(OscarCustomerConfig):
    name = "marketplace.customer"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""

    def get_urls(self) -> list:
        return []
