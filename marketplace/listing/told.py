"""Who is told when the rule acts: seller and manager of withdrawn offers; and after three tries in thirty days, an inspection."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.clock import TEHRAN, today
from marketplace.core.models import Refusal
from marketplace.core.notices import notify
from marketplace.core.persian import group_digits
from marketplace.core.refusals import name_of
from marketplace.listing.withdrawals import Because
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord

#: Refused tries of one seller in so many days that open an inspection.
REFUSALS, DAYS = 3, 30

_TO_SELLER = {
    Because.ORIGIN: _(
        "“%(work)s” is no longer offered in %(place)s: its Iranian origin is not established any more, and places licensed by "
        "Cultural Heritage sell Iranian handicrafts only."
    ),
    Because.VENUE: _(
        "“%(work)s” is no longer offered in %(place)s: the place is now licensed by Cultural Heritage and sells Iranian handicrafts only."
    ),
    Because.PERMIT: _(
        "“%(work)s” is no longer offered in %(place)s: it is of foreign origin and no import permit stands for it."
    ),
    Because.SEAL: _(
        "“%(work)s” is no longer offered in %(place)s: its text names a seal that is not in force for it any more. Take the seal's "
        "words out of names, descriptions and photo texts, then offer it again."
    ),
}
_MANY_TO_SELLER = {
    Because.ORIGIN: _(
        "%(number)s works of yours are no longer offered in %(place)s: their Iranian origin is not established any more, and places "
        "licensed by Cultural Heritage sell Iranian handicrafts only. Among them: %(works)s."
    ),
    Because.VENUE: _(
        "%(number)s works of yours are no longer offered in %(place)s: the place is now licensed by Cultural Heritage and sells "
        "Iranian handicrafts only. Among them: %(works)s."
    ),
    Because.PERMIT: _(
        "%(number)s works of yours are no longer offered in %(place)s: they are of foreign origin and no import permit stands for "
        "them. Among them: %(works)s."
    ),
    Because.SEAL: _(
        "%(number)s works of yours are no longer offered in %(place)s: their texts name a seal that is not in force for them any more. "
        "Take the seal's words out, then offer them again. Among them: %(works)s."
    ),
}
_TO_MANAGER = _("“%(work)s” of %(maker)s was withdrawn from %(place)s by the foreign-goods rule.")
_MANY_TO_MANAGER = _("%(number)s works were withdrawn from %(place)s by the foreign-goods rule. Among them: %(works)s.")
_TO_MANAGER_OF_SEAL = _(
    "“%(work)s” of %(maker)s was withdrawn from %(place)s: its text names a seal that is not in force for it."
)
_MANY_TO_MANAGER_OF_SEAL = _(
    "%(number)s works were withdrawn from %(place)s: their texts name a seal that is not in force for them. Among them: %(works)s."
)
_WORKSHOP = _("the workshop")
#: How many works a message names; the rest are counted.
NAMED = 3


def tell_of_withdrawals(offers, because: str) -> None:
    """Watcher of `offers_withdrawn`: one message to each seller and one to each manager, for each place. A maker's own act tells nobody."""
    if because not in _TO_SELLER:
        return
    by_place: dict[int | None, list[StockRecord]] = {}
    for offer in offers:
        by_place.setdefault(offer.venue_id, []).append(offer)
    for gone in by_place.values():
        by_maker: dict[int | None, list[StockRecord]] = {}
        for offer in gone:
            by_maker.setdefault(offer.product.maker_id, []).append(offer)
        for theirs in by_maker.values():
            _tell_seller(theirs, because)
        _tell_managers(gone, because)


def _tell_seller(offers: list[StockRecord], because: str) -> None:
    work = offers[0].product
    if work.maker is None or not work.maker.owner_id:
        return
    one = len(offers) == 1
    notify(
        users=[work.maker.owner],
        kind="offer_withdrawn",
        sentence=(_TO_SELLER if one else _MANY_TO_SELLER)[because],
        params=named(offers),
        link=reverse("desks:work", args=[work.parent_id or work.pk]) if one else reverse("desks:home"),
    )


def _tell_managers(offers: list[StockRecord], because: str) -> None:
    venue = offers[0].venue
    if venue is None:
        return
    one, many = _TO_MANAGER, _MANY_TO_MANAGER
    if because == Because.SEAL:
        one, many = _TO_MANAGER_OF_SEAL, _MANY_TO_MANAGER_OF_SEAL
    notify(
        users=venue.managers.all(),
        kind="offer_withdrawn",
        sentence=one if len(offers) == 1 else many,
        params=named(offers),
        link=f"{reverse('desks:venue')}?place={venue.slug}",
    )


def named(offers: list[StockRecord]) -> dict[str, Any]:
    """What a message on withdrawn offers of one place says, asked for in each language."""
    first, venue = offers[0].product, offers[0].venue
    return {
        "number": lambda: group_digits(len(offers), language=_language()),
        "works": lambda: ("، " if _language() == "fa" else ", ").join(offer.product.name for offer in offers[:NAMED]),
        "work": lambda: first.name,
        "place": lambda: venue.name if venue else str(_WORKSHOP),
        "maker": lambda: first.maker.name if first.maker else "",
    }


def _language() -> str:
    return "en" if (get_language() or "fa").startswith("en") else "fa"


def tries(maker: Maker, *, since: datetime) -> int:
    """How often a maker tried what the rule forbids: once a work, a place and a day, however often the page was sent."""
    refused = Refusal.objects.filter(seller=name_of(maker), by_seller=True, rule="forbid_foreign_goods", at__gte=since)
    return refused.order_by().values("subject", "place", day=TruncDate("at", tzinfo=TEHRAN)).distinct().count()


def _since(maker: Maker, venue: Venue) -> datetime:
    """From when tries count: thirty days back, but not what the last inspection of this maker in this venue has looked at."""
    since = timezone.now() - timedelta(days=DAYS)
    closed = Inspection.objects.filter(venue=venue, maker=maker).aggregate(last=Max("closed_on"))["last"]
    if closed is None:
        return since
    return max(since, datetime.combine(closed + timedelta(days=1), time.min, TEHRAN))


def open_inspection_when_due(refusal: Refusal, seller, place) -> None:
    """Watcher of `refused`: a seller's third try within thirty days (see `tries`) opens an inspection where it happened."""
    if not (refusal.by_seller and isinstance(seller, Maker) and isinstance(place, Venue)):
        return
    if tries(seller, since=_since(seller, place)) < REFUSALS:
        return
    with transaction.atomic():
        _inspection, new = Inspection.objects.get_or_create(
            venue=place,
            maker=seller,
            closed_on=None,
            defaults={"because": Inspection.Because.REFUSALS, "opened_on": today()},
        )
        if new:
            notify(
                users=[*place.managers.all(), seller.owner],
                kind="inspection_opened",
                sentence=_(
                    "An inspection of %(maker)s in %(place)s is due: the foreign-goods rule refused three times in thirty days."
                ),
                params={"maker": lambda: seller.name, "place": lambda: place.name},
                link=f"{reverse('desks:venue')}?place={place.slug}",
            )
