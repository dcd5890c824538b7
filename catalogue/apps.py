from oscar.apps.catalogue.apps import CatalogueConfig as OscarCatalogueConfig


class CatalogueConfig(OscarCatalogueConfig):
    name = "catalogue"

    def ready(self) -> None:
        """Oscar's receivers only; its browsing pages (haystack) stay unmounted."""
        from oscar.apps.catalogue import receivers  # noqa: F401

    def get_urls(self) -> list:
        return []
