"""Offers that an overturned decision or a past suspension had withdrawn: on sale again where they are lawful today; their seller hears."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.rules import require_import_permit
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core.clock import today
from marketplace.core.notices import notify
from marketplace.core.registry import door
from marketplace.listing.locks import hold, hold_active_maker
from marketplace.listing.origins import changed
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.listing.told import named
from marketplace.listing.withdrawals import Because, offers_of
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import ASKED_OF_OFFERS
from marketplace.stalls.rules import require_not_closed, require_registered_trade

_BACK = _("“%(work)s” is offered in %(place)s again: what had ended its offer there is over.")
_MANY_BACK = _(
    "%(number)s works of yours are offered in %(place)s again: what had ended their offers there is over. Among them: "
    "%(works)s."
)
_MISSING = _("What had ended the offer of “%(work)s” in %(place)s is over, but it is not back yet. %(why)s")
_MANY_MISSING = _(
    "What had ended offers of %(number)s works of yours in %(place)s is over, but they are not back yet. Among them: "
    "%(works)s. %(why)s"
)
#: One that came back, or what still stands in its way.
Outcome = tuple[StockRecord, ValidationError | None]


@door("offer_again", rule="forbid_foreign_goods")
@transaction.atomic
def offer_again(*, offer: StockRecord) -> StockRecord:
    """Put a withdrawn offer back as it was. Raises ValidationError and changes nothing when a rule of today says no."""
    day = today()
    hold(offer.product, offer.venue)
    hold_active_maker(offer.product.maker)
    require_import_permit(offer.product)
    forbid_false_seal_words(offer.product, on=day)
    forbid_foreign_goods(offer.product, offer.venue, on=day)
    require_open_venue(offer.venue, on=day, work=offer.product)
    require_registered_trade(offer.product, offer.venue, on=day)
    require_not_closed(offer.product, offer.venue, on=day)
    offer.withdrawn_at, offer.withdrawn_because = None, ""
    offer.save(update_fields=["withdrawn_at", "withdrawn_because", "date_updated"])
    changed(offer.product)
    return offer


def standing_offers(works: Iterable[Product]) -> list[int]:
    """The numbers of the offers of works, as a matter remembers them before a decision ends them."""
    return [pk for work in works for pk in offers_of(work).order_by("pk").values_list("pk", flat=True)]


@transaction.atomic
def give_back_offers(numbers: Iterable[int]) -> None:
    """Offer again what a decision ended among these offers, and tell their sellers what came back and what is missing."""
    told: dict[tuple, list[Outcome]] = defaultdict(list)
    for offer in _ended(numbers):
        missing = _why_not(offer)
        told[offer.venue_id, offer.product.maker_id, getattr(missing, "code", None)].append((offer, missing))
    for outcomes in told.values():
        _tell_seller(outcomes)


def _ended(numbers: Iterable[int]) -> list[StockRecord]:
    """Those of the offers that the rule ended, less what is offered there anew or in other forms by now."""
    ended = StockRecord.objects.filter(
        pk__in=list(numbers),
        withdrawn_at__isnull=False,
        withdrawn_because__in=(Because.ORIGIN, Because.PERMIT, Because.SEAL, Because.STATE),
    ).exclude(product__structure=Product.PARENT)
    offers = list(ended.select_related(*ASKED_OF_OFFERS, "product__maker__owner").order_by("pk"))
    works = [offer.product_id for offer in offers]
    anew = set(StockRecord.objects.active().filter(product__in=works).values_list("product", "venue"))
    return [offer for offer in offers if (offer.product_id, offer.venue_id) not in anew]


def _why_not(offer: StockRecord) -> ValidationError | None:
    """Offers it again, or says what a rule still asks for."""
    try:
        offer_again(offer=offer)
    except ValidationError as error:
        return error
    return None


def _tell_seller(outcomes: list[Outcome]) -> None:
    """One message for what ended alike in one place; `why` speaks of the first work of it."""
    offers, missing = [offer for offer, _why in outcomes], outcomes[0][1]
    work, one = offers[0].product, len(outcomes) == 1
    back, not_back = (_BACK, _MISSING) if one else (_MANY_BACK, _MANY_MISSING)
    notify(
        users=[work.maker.owner] if work.maker else [],
        kind="offer_back" if missing is None else "offer_not_back",
        sentence=back if missing is None else not_back,
        params=named(offers) | {"why": lambda: " ".join(missing.messages) if missing else ""},
        link=reverse("desks:work", args=[work.parent_id or work.pk]) if one else reverse("desks:home"),
    )
