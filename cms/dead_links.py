"""Links of pages that lead nowhere: to pages and files that are gone or no longer read. Addresses elsewhere are not asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.documents import get_document_model
from wagtail.models import Page, PageQuerySet

from cms.models import MarketPage

#: Kinds of what links name.
PAGE, DOCUMENT = "page", "document"


@dataclass(frozen=True)
class DeadLink:
    """A page, what it names that readers do not reach, and the field that names it."""

    page: Page
    target: str
    field: str
    kind: str
    key: str


def dead_links(among: PageQuerySet | None = None) -> Iterator[DeadLink]:
    """Every link of a live page (of those `among`) to a page or document that is gone or unpublished, in the order of the tree.

    Read from the pages' own words: Wagtail's index of references forgets what was deleted.
    """
    shown = (Page.objects.all() if among is None else among).live().order_by("path")
    live = {str(pk) for pk in Page.objects.live().values_list("pk", flat=True)}
    files = {str(pk) for pk in get_document_model().objects.values_list("pk", flat=True)}
    for page in shown.specific():
        for field, kind, key in _named_by(page):
            if issubclass(kind, Page) and key not in live:
                yield DeadLink(page, f"page {key}", field, PAGE, key)
            elif kind is get_document_model() and key not in files:
                yield DeadLink(page, f"document {key}", field, DOCUMENT, key)


def _named_by(page: Page) -> Iterator[tuple[str, type, str]]:
    """(field, model, id) of everything that a page's story, library and other texts name."""
    for field in page._meta.get_fields():
        if isinstance(page, MarketPage) and hasattr(field, "extract_references"):
            for kind, key, *_paths in field.extract_references(field.value_from_object(page)):
                yield field.name, kind, str(key)
