"""What becomes of works when a seal of theirs ends: search and origin follow, and a text that still names it is offered no more."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from authenticity.models import SealGrant
from catalogue.models import Product, ProductImage
from marketplace.core.clock import today
from marketplace.listing.origins import changed, declare, write_origin
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.listing.withdrawals import withdraw_falsely_sealed
from marketplace.partner.models import StockRecord

#: How often the worker looks for seals that the calendar ended, and how many days back, should it have stood still.
EXPIRED_SECONDS, EXPIRED_DAYS = 60, 30


def follow_seals(grant: SealGrant) -> None:
    """Watcher of `seal_changed`: the search hears of every work of the line; origins that only the seal showed are declared anew."""
    for work in _works_of([grant]):
        if work.origin_basis == Product.Basis.SEAL and not SealGrant.objects.valid_on(today()).filter(
            product_line=grant.product_line_id, maker=grant.maker_id
        ):
            write_origin(declare(work, on=today()), on=today())
        else:
            withdraw_falsely_sealed(work, on=today())
            changed(work)


def withdraw_after_expiry() -> int:
    """Take back what still names a seal that expired; how many works. No event tells of a calendar's turn, so the worker asks."""
    day = today()
    ended = SealGrant.objects.filter(valid_until__lt=day, valid_until__gte=day - timedelta(days=EXPIRED_DAYS))
    offers, gone = StockRecord.objects.active(), 0
    offered = Q(stockrecords__in=offers) | Q(children__stockrecords__in=offers)
    for work in _works_of(list(ended)).filter(offered).distinct():
        with transaction.atomic():
            gone += withdraw_falsely_sealed(work, on=day)
    return gone


def _works_of(grants: list[SealGrant]):
    """Works of the makers and product lines of some grants."""
    lines = [grant.product_line_id for grant in grants]
    works = Product.objects.filter(
        product_line__in=lines, maker__in=[grant.maker_id for grant in grants], parent__isnull=True
    )
    return works.select_related("maker", "craft", "import_permit").order_by("pk")


def read_picture_words(image: ProductImage) -> None:
    """Watcher of `picture_added`: a photo's text is held to the same rule as a description. Raises Refused."""
    if image.alt_fa or image.alt_en:
        forbid_false_seal_words(image.product, on=today())
