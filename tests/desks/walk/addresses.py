"""What each address of the desks names: for every route with a number, a word or a key in it, rows that it could show."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from authenticity.models import LabelSheet, Passport, SealApplication, SealGrant
from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.bookings.models import Booking, Session
from marketplace.core.models import Notice
from marketplace.demo.accounts import MANAGER
from marketplace.desks.urls import urlpatterns
from marketplace.drafts.models import DraftPicture
from marketplace.export.models import Collection, Consignment, ConsignmentLine
from marketplace.juries.models import Panel
from marketplace.ledger.models import PayoutItem
from marketplace.makers.models import Holiday, Maker
from marketplace.matters.models import Matter
from marketplace.order.models import SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.rents.models import Rent
from marketplace.reviews.models import Review
from marketplace.rounds.models import Finding, Letter, Measure, Photo
from marketplace.secretariats.models import Appointment, Report
from marketplace.shipping.models import Carrier, Tariff
from marketplace.stalls.models import Lease, Stall

#: How many rows of one kind an address is walked with: enough for each state of the demo's consignments.
MOST = 4
Words = dict[str, Any]


def _rows(things: type[Model] | QuerySet, **paths: str) -> Callable[[], list[Words]]:
    """Rows as the words of an address; `paths` says which field each word is, the row's number unless told."""
    fields = paths or {"pk": "pk"}

    def found() -> list[Words]:
        rows = things.all() if isinstance(things, QuerySet) else things._default_manager.all()
        values = rows.order_by("-pk").values_list(*fields.values())
        return [dict(zip(fields, row, strict=True)) for row in dict.fromkeys(values)][:MOST]

    return found


def _with(rows: Callable[[], list[Words]], word: str, values: Iterable[str]) -> Callable[[], list[Words]]:
    """The same rows, once for each value of one word more."""
    return lambda: [row | {word: value} for row in rows() for value in values]


_OWNED = Product.objects.filter(maker__owner__isnull=False)
_SELLERS = SellerOrder.objects.filter(seller__maker__owner__isnull=False)
_CONSIGNMENTS = _rows(Consignment, number="number")
_LINES = _rows(ConsignmentLine, number="consignment__number", pk="pk")
_STALLS = _rows(Stall, slug="venue__slug", pk="pk")
_MEASURES, _FINDINGS, _LEASES, _LABELS = _rows(Measure), _rows(Finding), _rows(Lease), _rows(Passport)
_VENUES = _rows(Venue.objects.filter(managers__username=MANAGER.username), slug="slug")
_SHEETS, _RENTS, _MATTERS = _rows(LabelSheet), _rows(Rent, pk="lease_id", rent="pk"), _rows(Matter)
_PICTURES = _rows(DraftPicture, key="draft__key", picture="key")
_PLANS = _rows(Session, subject="subject")
#: The longest beginning of a route's name that stands here says which rows it names.
_NAMED: dict[str, Callable[[], list[Words]]] = {
    "holiday-end": _rows(Holiday),
    "draft": _rows(DraftPicture, key="draft__key"),
    "draft-crop": _PICTURES,
    "draft-whole": _PICTURES,
    "work": _rows(_OWNED),
    "origin-ask": _rows(_OWNED),
    "offer": _rows(StockRecord.objects.filter(withdrawn_at__isnull=True, partner__maker__owner__isnull=False)),
    "visit-door": _rows(Booking, code="code"),
    "visit-plan": _PLANS,
    "visit-date": _PLANS,
    "visit": _rows(Session),
    "payout-refund": _rows(Refund, number="number"),
    "payout-suspense": _rows(PaymentAttempt, number="number"),
    "payout": _rows(PayoutItem, number="payout__number"),
    "payout-line": _rows(PayoutItem, number="payout__number", pk="pk"),
    "order": _rows(_SELLERS, number="number"),
    "officer-talk": _rows(_SELLERS, number="number"),
    "venue": _VENUES,
    "venue-report-file": _with(_VENUES, "ending", ("pdf", "xlsx")),
    "stall": _STALLS,
    "stalls": _VENUES,
    "stall-new": _VENUES,
    "lease": _LEASES,
    "rent": _RENTS,
    "round": _VENUES,
    "rounds": _VENUES,
    "round-stall": _STALLS,
    "round-found": _STALLS,
    "round-photo": _rows(Photo),
    "letter": _rows(Letter),
    "finding": _FINDINGS,
    "measure": _MEASURES,
    "consignment": _CONSIGNMENTS,
    "consignment-line": _LINES,
    "consignment-remove": _LINES,
    "consignment-step": _with(_CONSIGNMENTS, "act", ("offer", "accept", "collect", "paid")),
    "consignment-paper": _with(
        _with(_CONSIGNMENTS, "name", ("proforma", "packing-list", "dossier")), "ending", ("pdf", "xlsx", "json", "zip")
    ),
    "consignment-leg": _with(
        _rows(Collection, number="consignment__number", pk="pk"), "act", ("collected", "back", "arrived")
    ),
    "collection-ready": _rows(Collection),
    "review": _rows(Review),
    "officer-reviews": _rows(Review),
    "notice-read": _rows(Notice),
    "matter": _MATTERS,
    "seal": _rows(SealApplication),
    "label-sheet": _SHEETS,
    "label": _LABELS,
    "jury-panel": _rows(Panel),
    "jury-paper": _with(_rows(Panel), "number", ("1", "2")),
    "officer-application": _rows(SealApplication),
    "officer-grant": _rows(SealGrant),
    "officer-passport": _LABELS,
    "officer": _MATTERS,
    "officer-paper": _with(lambda: [{}], "word", ("another",)),
    "officer-venue": _VENUES,
    "officer-hs": _rows(_OWNED),
    "officer-origin": _rows(_OWNED),
    "secretariat": _rows(Report, slug="secretariat__city__slug"),
    "secretariat-report": _rows(Report, slug="secretariat__city__slug", pk="pk"),
    "officer-secretariat": _rows(Report, slug="secretariat__city__slug"),
    "officer-term": _rows(Appointment),
    "officer-carrier": _rows(Carrier, code="code"),
    "officer-tariff": _rows(Tariff, code="carrier__code", pk="pk"),
    "officer-tariff-new": _rows(Carrier, code="code"),
    "officer-maker": _rows(Maker, slug="slug"),
    "officer-joining": _rows(Matter.objects.filter(kind="joining")),
    "join-step": _with(lambda: [{}], "name", ("identity", "workshop", "account", "pictures")),
}


def named_routes() -> Iterator[str]:
    """Names of the routes whose address holds a word of a row."""
    yield from (route.name for route in urlpatterns if route.pattern.converters)


def open_routes() -> Iterator[str]:
    """Names of the routes that need no word: lists, and forms for something new."""
    yield from (route.name for route in urlpatterns if not route.pattern.converters)


def rows_of(name: str) -> Callable[[], list[Words]]:
    """The rows that a route names. KeyError for one that stands in no line above."""
    beginnings = [each for each in _NAMED if name == each or name.startswith(f"{each}-")]
    if not beginnings:
        raise KeyError(f"{name}: say in {__name__} which rows it names")
    return _NAMED[max(beginnings, key=len)]


def addresses() -> Iterator[tuple[str, str]]:
    """Each route's name with each address it has for rows of the demo. LookupError where there is nothing to walk."""
    for name in named_routes():
        found = [reverse(f"desks:{name}", kwargs=words) for words in rows_of(name)()]
        if not found:
            raise LookupError(f"{name}: the demo holds no row of its kind")
        yield from ((name, address) for address in found)
