from oscar.apps.search.apps import SearchConfig as OscarSearchConfig


class SearchConfig(OscarSearchConfig):
    name = "marketplace.search"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from marketplace.core import outbox
        from marketplace.search.services import WORK_CHANGED, read_outbox

        outbox.reader(WORK_CHANGED, read_outbox)

    def get_urls(self) -> list:
        return []
