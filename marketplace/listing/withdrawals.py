"""Taking offers back when the world changes: in the same transaction as the change, and told to whom it touches."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from catalogue.models import Product
from catalogue.rules import require_import_permit
from marketplace.bazaars.models import Venue
from marketplace.core import outbox
from marketplace.core.registry import tell
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.partner.models import StockRecord

WORK_CHANGED = "work_changed"


class Because:
    """Why an offer was withdrawn, as it is stored."""

    ORIGIN = "origin_changed"
    VENUE = "venue_bound"
    PERMIT = "no_import_permit"
    SEAL = "seal_words"
    MAKER = "by_maker"
    CLOSURE = "stall_closed"
    STATE = "maker_not_active"


def withdraw(offers, *, because: str) -> None:
    """Take active offers (a QuerySet) back; watchers tell baskets, sellers and managers, and the search hears of their works."""
    gone = list(offers.select_related("product__parent", "product__maker__owner", "venue", "partner"))
    StockRecord.objects.filter(pk__in=[offer.pk for offer in gone]).update(
        withdrawn_at=timezone.now(), withdrawn_because=because
    )
    if gone:
        tell("offers_withdrawn", offers=gone, because=because)
    outbox.post_many(WORK_CHANGED, {offer.product.parent_id or offer.product_id for offer in gone})


def offers_of(work: Product):
    """Active offers of a work and of its variants."""
    return StockRecord.objects.active().filter(product=work) | StockRecord.objects.active().filter(product__parent=work)


def withdraw_unlawful_of(work: Product, *, on: date) -> None:
    """After a change of a work's origin (maybe not yet saved): what may not stand in bound venues, or anywhere, is taken back."""
    try:
        require_import_permit(work)
    except ValidationError:
        withdraw(offers_of(work), because=Because.PERMIT)
        return
    if withdraw_falsely_sealed(work, on=on):
        return
    if not work.is_domestic_on(on):
        withdraw(offers_of(work).filter(venue__in=Venue.objects.bound_on(on)), because=Because.ORIGIN)


def withdraw_falsely_sealed(work: Product, *, on: date) -> bool:
    """Take every offer of a work back whose words name a seal that is not in force for it; whether they do."""
    try:
        forbid_false_seal_words(work, on=on)
    except ValidationError:
        withdraw(offers_of(work), because=Because.SEAL)
        return True
    return False


def withdraw_unlawful_in(venue: Venue, *, on: date) -> None:
    """Withdraw every offer in a venue that its (new, maybe not yet saved) binding makes unlawful on a day."""
    if not venue.is_bound_on(on):
        return
    offers = StockRecord.objects.active().filter(venue=venue)
    domestic = offers.filter(product__parent__isnull=True, product__domestic_until__gte=on) | offers.filter(
        product__parent__domestic_until__gte=on
    )
    withdraw(offers.exclude(pk__in=domestic.values("pk")), because=Because.VENUE)
