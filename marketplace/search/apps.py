from django.db import transaction
from django.db.models.signals import post_delete, post_save
from oscar.apps.search.apps import SearchConfig as OscarSearchConfig


class SearchConfig(OscarSearchConfig):
    name = "marketplace.search"

    def ready(self) -> None:
        """Oscar's own views stay unmounted, so none is loaded (they would bring haystack in)."""
        from django.core import checks

        from catalogue.models import Product
        from catalogue.pictures import PICTURE_ADDED
        from marketplace.core import jobs, outbox, registry
        from marketplace.listing.withdrawals import WORK_CHANGED
        from marketplace.search.checks import index_is_built
        from marketplace.search.models import SearchTerm
        from marketplace.search.services import REFRESH_SECONDS, read_outbox, refresh_due
        from marketplace.search.terms import PUBLISH_SECONDS, publish_missing

        checks.register(index_is_built)
        outbox.reader(WORK_CHANGED, read_outbox, atomic=False)
        for signal in (post_save, post_delete):
            signal.connect(_write_terms, sender=SearchTerm, dispatch_uid=f"search terms {signal is post_save}")
        post_delete.connect(_note_deleted, sender=Product, dispatch_uid="search deleted works")
        registry.watch(PICTURE_ADDED, _note_first_picture)
        jobs.every("search_terms", seconds=PUBLISH_SECONDS, run=publish_missing)
        jobs.every("search_by_the_calendar", seconds=REFRESH_SECONDS, run=refresh_due)

    def get_urls(self) -> list:
        return []


def _note_first_picture(*, image) -> None:
    """A work is found by the colours of its first picture.

    Told to the index alone: other readers of the topic hear of pictures otherwise.
    """
    from marketplace.core.models import OutboxEvent
    from marketplace.listing.withdrawals import WORK_CHANGED

    if image.display_order == 0:
        OutboxEvent.objects.create(topic=WORK_CHANGED, key=str(image.product.parent_id or image.product_id))


def _note_deleted(*, instance, **_signal) -> None:
    """Told to the index alone, as above."""
    from marketplace.core.models import OutboxEvent
    from marketplace.listing.withdrawals import WORK_CHANGED

    OutboxEvent.objects.create(topic=WORK_CHANGED, key=str(instance.parent_id or instance.pk))


def _write_terms(**_signal) -> None:
    from marketplace.search.terms import publish

    transaction.on_commit(publish)
