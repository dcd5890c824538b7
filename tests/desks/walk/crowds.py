"""Many rows of what a desk lists, written beside the market's verbs: copies of rows that they made."""

import uuid
from collections.abc import Callable, Iterable
from copy import copy
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from authenticity.models import Passport
from catalogue.models import Product
from marketplace.bookings.models import Session
from marketplace.core.models import Notice, Refusal
from marketplace.core.refusals import name_of
from marketplace.demo.accounts import ARTISAN, EXPORTER, MANAGER, user_of
from marketplace.export.models import Collection, Consignment, ConsignmentLine
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.order.models import SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.reviews.models import Review
from marketplace.rounds.models import Finding, Measure
from marketplace.stalls.models import Lease

Vary = Callable[[int], Any]


def _copies(row: Model, numbers: Iterable[int], **vary: Vary) -> list[Any]:
    """A row again for each number, its fields varied."""
    made = []
    for number in numbers:
        again = copy(row)
        again.pk, again._state = None, copy(row._state)
        again._state.adding = True
        for field, value in vary.items():
            setattr(again, field, value(number))
        made.append(again)
    return type(row)._base_manager.bulk_create(made, batch_size=500)


def crowd(since: int, until: int) -> None:
    """What the demo's artisan, manager and exporter have, again for each number from `since` to before `until`."""
    numbers = range(since, until)
    maker = Maker.objects.get(owner__username=ARTISAN.username)
    for part in (_works, _orders, _papers):
        part(maker, numbers)
    _stalls(numbers)
    _consignments(numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself soon after so many rows have come


def _works(maker: Maker, numbers: range) -> None:
    offer = StockRecord.objects.filter(partner__maker=maker, venue=None).earliest("pk")
    works = _copies(offer.product, numbers, upc=lambda n: f"CROWD-{n}", slug=lambda n: f"crowd-{n}")
    of = dict(zip(numbers, works, strict=True))
    _copies(offer, numbers, product=lambda n: of[n], partner_sku=lambda n: f"CROWD-{n}")
    passport = Passport.objects.filter(work__maker=maker).earliest("pk")
    _copies(
        passport,
        numbers,
        code=lambda n: f"C{n:09}",
        piece=lambda n: None,
        status_index=lambda n: 10_000_000 + n,
        serial=lambda n: 100_000 + n,
        work=lambda n: of[n],
    )
    _copies(maker.drafts.earliest("pk"), numbers, key=lambda n: uuid.uuid4())


def _orders(maker: Maker, numbers: range) -> None:
    part = SellerOrder.objects.filter(seller__maker=maker).earliest("pk")
    line = part.lines.earliest("pk")
    orders = dict(
        zip(numbers, _copies(part.order, numbers, number=lambda n: f"CROWD-{n}", payment=lambda n: None), strict=True)
    )
    parts = _copies(part, numbers, order=lambda n: orders[n], number=lambda n: f"CROWD-{n}-1")
    of = dict(zip(numbers, parts, strict=True))
    lines = _copies(line, numbers, order=lambda n: orders[n], seller_order=lambda n: of[n])
    review = Review.objects.filter(work__maker=maker).earliest("pk")
    told = dict(zip(numbers, lines, strict=True))
    _copies(review, numbers, line=lambda n: told[n])


def _papers(maker: Maker, numbers: range) -> None:
    for account in (ARTISAN, MANAGER, EXPORTER):
        told = copy(Notice.objects.earliest("pk"))
        told.user = user_of(account)
        _copies(told, numbers)
    _copies(Matter.objects.filter(maker=maker).earliest("pk"), numbers, subject=lambda n: f"crowd:{n}")
    session = Session.objects.filter(maker=maker).earliest("pk")
    times = {name: getattr(session, name) for name in ("starts_at", "ends_at", "closes_at")}
    later = {name: (lambda n, first=first: first + timedelta(days=100 + n, minutes=7)) for name, first in times.items()}
    _copies(session, numbers, **later)


def _stalls(numbers: range) -> None:
    lease = Lease.objects.filter(stall__venue__managers__username=MANAGER.username).earliest("pk")
    stalls = dict(zip(numbers, _copies(lease.stall, numbers, number=lambda n: f"C{n}"), strict=True))
    leases = dict(zip(numbers, _copies(lease, numbers, stall=lambda n: stalls[n]), strict=True))
    _copies(lease.rents.earliest("pk"), numbers, lease=lambda n: leases[n])
    finding = Finding.objects.filter(measures=None).earliest("pk")
    found = dict(zip(numbers, _copies(finding, numbers), strict=True))
    measure = Measure.objects.filter(kind="warning").earliest("pk")
    _copies(measure, numbers, number=lambda n: f"CROWD-{n}", finding=lambda n: found[n])
    Refusal.objects.bulk_create(
        Refusal(
            rule="forbid_foreign_goods",
            door="offer_in_venue",
            code="foreign_goods",
            sentence_fa="نمونه",
            sentence_en="Sample",
            by_seller=True,
            place=name_of(lease.stall.venue),
            subject=name_of(Product.objects.filter(maker=lease.tenant).earliest("pk")),
            seller=name_of(lease.tenant),
        )
        for _number in numbers
    )


def _consignments(numbers: range) -> None:
    consignment = Consignment.objects.filter(state="draft").latest("pk")
    line = ConsignmentLine.objects.filter(consignment=consignment).earliest("pk")
    more = {"number": lambda n: f"CROWD-{n}", "key": lambda n: uuid.uuid4().hex}
    made = dict(zip(numbers, _copies(consignment, numbers, **more), strict=True))
    _copies(line, numbers, consignment=lambda n: made[n], passport=lambda n: None)
    collection = Collection.objects.earliest("pk")
    _copies(collection, numbers, consignment=lambda n: made[n])
