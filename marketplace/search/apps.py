from oscar.apps.search.apps import SearchConfig as OscarSearchConfig


class SearchConfig(OscarSearchConfig):
    name = "marketplace.search"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from marketplace.core import jobs, outbox
        from marketplace.search.services import REFRESH_SECONDS, WORK_CHANGED, read_outbox, refresh_due

        outbox.reader(WORK_CHANGED, read_outbox)
        jobs.every("search_by_the_calendar", seconds=REFRESH_SECONDS, run=refresh_due)

    def get_urls(self) -> list:
        return []
