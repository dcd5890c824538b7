from oscar.apps.offer.apps import OfferConfig as OscarOfferConfig


class OfferConfig(OscarOfferConfig):
    name = "marketplace.offer"

    def ready(self) -> None:
        """Only the receivers and audits: Oscar's offer pages stay unmounted."""
        from oscar.apps.offer import receivers  # noqa: F401

        from marketplace.offer import audits  # noqa: F401  registers them

    def get_urls(self) -> list:
        return []
