"""Whose photo it was first, as signals. Each photo is asked about once: only earlier photos count, and asking takes long."""

from collections.abc import Iterable
from time import monotonic

from django.db.models.functions import Coalesce

from catalogue.models import Product, ProductImage
from marketplace.core import outbox
from marketplace.core.clock import TEHRAN
from marketplace.core.models import OutboxEvent
from marketplace.suspicion.models import PhotoFinding, PhotoPrint
from marketplace.suspicion.services import find_first_published, read_unprinted
from marketplace.suspicion.signals import Signal, copied_photo

#: Topic of works to be asked about.
INQUIRE = "inquire"
#: Seconds of asking about photos before the worker's other readers have their turn.
SECONDS = 2


def photo_signals(works: Iterable[Product]) -> dict[int, list[Signal]]:
    """Work id → a signal for each of its photos that another maker published first. Raises OSError when the storage does not answer."""
    makers = {work.pk: work.maker_id for work in works}
    _ask_for_a_while(
        list(PhotoPrint.objects.filter(work__in=makers, finding__isnull=True).select_related("image", "work"))
    )
    found: dict[int, list[Signal]] = {}
    copies = PhotoFinding.objects.filter(print__work__in=makers, first__isnull=False).order_by("pk")
    for finding in copies.select_related("print", "first__maker"):
        if finding.first is not None and finding.first.maker_id != makers[finding.print.work_id]:
            found.setdefault(finding.print.work_id, []).append(_signal(finding, finding.first))
    return found


def _ask_for_a_while(prints: list[PhotoPrint]) -> None:
    """Ask about one photo and as many more as the time allows; the works of the others come back to the worker's next turn."""
    until = monotonic() + SECONDS
    for asked, print_ in enumerate(prints, start=1):
        _ask(print_)
        if monotonic() >= until:
            outbox.post_many(INQUIRE, {left.work_id for left in prints[asked:]})
            return


def _ask(print_: PhotoPrint) -> None:
    first = next(iter(find_first_published(print_)), None)
    facts = {"first": first.print, "inliers": first.inliers, "agreement": first.agreement} if first else {}
    PhotoFinding.objects.get_or_create(print=print_, defaults=facts)


def _signal(finding: PhotoFinding, first: PhotoPrint) -> Signal:
    return copied_photo(
        image=finding.print.image_id,
        other_image=first.image_id,
        maker=lambda: first.maker.name,
        published=first.first_seen.astimezone(TEHRAN).date(),
        inliers=finding.inliers,
        agreement=finding.agreement,
    )


def ask_of_picture(*, image: ProductImage) -> None:
    """Watcher of new pictures: the worker asks about their work. What the demo drew is not printed, so nothing is asked."""
    if not image.is_demo:
        outbox.post(INQUIRE, image.product.parent_id or image.product_id)


def read_late_photos(events: list[OutboxEvent]) -> None:
    """Reader of photos whose print could not be made at upload: print them now, then have their works asked about."""
    read_unprinted(events)
    works = ProductImage.objects.filter(pk__in=[int(event.key) for event in events])
    outbox.post_many(INQUIRE, set(works.values_list(Coalesce("product__parent", "product"), flat=True)))
