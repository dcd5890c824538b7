"""What makes kept pages old: pages and what belongs to them by signals, works by the outbox, which every change of a work reaches."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from catalogue.models import Product
from cms import front_cache
from cms.events.sessions import settle
from cms.models import CoursePage, EventPage, Happening, MarketPage, VisitPage
from cms.stories import story_of
from cms.visits.plan import make_sessions_of
from marketplace.bazaars.models import Venue
from marketplace.bookings.models import Session
from marketplace.core import outbox
from marketplace.core.models import OutboxEvent
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.places.models import City, Spot

PAGE_PUBLISHED = "page_published"


def tags_of_works(works: Iterable[int]) -> set[str]:
    """The works, and every place that lists works: their cities, crafts and makers, and lists by seal."""
    rows = Product.objects.filter(pk__in=list(works)).values_list("pk", "city", "craft", "maker")
    tags = {"works"}
    for work, city, craft, maker in rows:
        tags |= {f"work:{work}", f"city:{city}", f"craft:{craft}", f"maker:{maker}"}
    return tags


def note_works(events: list[OutboxEvent]) -> None:
    """Reads `work_changed`: sold, priced, hidden, its seal or its origin gone. Bears being told twice."""
    front_cache.changed(tags_of_works({int(event.key) for event in events}))


def make_renditions(events: list[OutboxEvent]) -> None:
    """Reads `page_published`: draws the story once, so that no reader waits while its pictures are cut. Bears being told twice."""
    for page in Page.objects.filter(pk__in={int(event.key) for event in events}).specific():
        if isinstance(page, MarketPage):
            with override(page.locale.language_code):
                story_of(page)


def _page_published(sender: Any, instance: Page, **facts: Any) -> None:
    if isinstance(instance, MarketPage):
        outbox.post(PAGE_PUBLISHED, instance.pk)


def _after_commit(tags: set[str]) -> None:
    transaction.on_commit(lambda: front_cache.changed(tags))


def note_session(session: Session) -> None:
    """Places of a date are taken or free again: its page, its city's, and the blocks that name it."""
    _after_commit({f"sessions:{session.subject}", f"city:{session.city_id}"})


def _visit_published(sender: Any, instance: Page, **facts: Any) -> None:
    make_sessions_of(instance)  # type: ignore[arg-type]


def _event_published(sender: Any, instance: Page, **facts: Any) -> None:
    settle(instance)  # type: ignore[arg-type]


def _page_changed(sender: Any, instance: Page, **facts: Any) -> None:
    """A page, and those above it, which list it."""
    above = instance.get_ancestors(inclusive=True).values_list("pk", flat=True)
    city = getattr(instance, "city_id", None)
    lists = {"events"} if isinstance(instance, Happening) else set()
    _after_commit({f"page:{pk}" for pk in above} | ({f"city:{city}"} if city else set()) | lists)


def _page_moved(sender: Any, instance: Page, **facts: Any) -> None:
    """What stands below has a new address too, and the page's old place lists it no longer. One query."""
    below = instance.get_descendants(inclusive=True).values_list("pk", flat=True)
    left = facts.get("parent_page_before")
    _after_commit({f"page:{pk}" for pk in below} | ({f"page:{left.pk}"} if left else set()))


def _privacy_changed(sender: Any, instance: PageViewRestriction, **facts: Any) -> None:
    """Nobody is shown what was kept while it was open to all."""
    _page_changed(sender, instance.page)
    _page_moved(sender, instance.page)


def _row_changed(sender: Any, instance: models.Model, **facts: Any) -> None:
    _after_commit(_tags_of_row(instance))


def _tags_of_row(row: models.Model) -> set[str]:
    match row:
        case City():
            return {f"city:{row.pk}"}
        case Maker():
            return {f"maker:{row.pk}", f"city:{row.city_id}"}
        case ProductionLicence():
            return {f"maker:{row.maker_id}"}
        case Venue():
            return {f"venue:{row.pk}", f"city:{row.city_id}"}
        case Spot():
            return {f"city:{row.city_id}"}
    return set()


def connect() -> None:
    """Called once, when the room is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page_changed, dispatch_uid="kept pages")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_page_moved, dispatch_uid="kept pages below")
    for saved in (post_save, post_delete):
        saved.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="kept pages of privacy")
    page_published.connect(_page_published, dispatch_uid="renditions")
    page_published.connect(_visit_published, sender=VisitPage, dispatch_uid="dates of a visit")
    for kind in (EventPage, CoursePage):
        page_published.connect(_event_published, sender=kind, dispatch_uid=f"sessions of {kind.__name__}")
    for model in (City, Maker, ProductionLicence, Venue, Spot):
        for saved in (post_save, post_delete):
            saved.connect(_row_changed, sender=model, dispatch_uid=f"kept pages {model.__name__}")
