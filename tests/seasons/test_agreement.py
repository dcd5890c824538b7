"""A report agrees to the rial with the books and to the piece with the shelves: each sum beside hand-written SQL (`books.py`)."""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from marketplace.core.clock import set_today, today
from marketplace.core.registry import MONEY, audits
from marketplace.ledger.models import Posting
from marketplace.order.models import Line, MoneyBack, SellerOrder
from marketplace.order.returns import accept_return, ask_return, received_back
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.rents.models import Rent
from marketplace.rents.services import record_payment, take_back_payment
from marketplace.seasons import audits as our_audits
from marketplace.seasons.figures import figures_of
from marketplace.seasons.moves import moves
from marketplace.seasons.sales import sums
from marketplace.seasons.spans import Span
from marketplace.stalls.services import end_lease
from tests.cast import DAY
from tests.seasons import books
from tests.seasons.market import ABAN, PIECES
from tests.stalls.floor import lease, next_stall, stall  # noqa: F401

MONTHS = (Span("month", 1405, 8), Span("month", 1405, 9))
AUTUMN = Span("season", 1405, 3)
RIAL = ("gross", "back", "net", "commission", "tax", "discount", "earned")


def agree(market, venue) -> None:
    """Every sum of both months and of the season, for a venue."""
    for span in (*MONTHS, AUTUMN):
        said = figures_of(venue, span, on=today())["sales"]
        assert {name: said["total"][name] for name in RIAL} == books.totals(venue, span), span.code
        makers = {row["name"]["en"]: row["net"] for row in said["makers"] if row["net"]}
        assert makers == books.by_maker(venue, span), span.code
        if span.kind == "month":
            assert {row["since"]: row["net"] for row in said["times"] if row["net"]} == books.by_day(venue, span)
        for kind in ("makers", "groups", "stalls", "times"):
            summed = {name: sum(row[name] for row in said[kind]) for name in said["total"]}
            assert summed == said["total"], (span.code, kind)


@pytest.fixture
def story(market):
    """Aban: two kilims and three ewers in the bazaar, others elsewhere; one kilim cancelled, an ewer given back in Azar."""
    kilims, ewers = market.sell(kilim=2, jug=3)
    market.sell(elsewhere=2)
    market.sell(workshop=1)
    market.cancel(kilims, 1)
    market.arrive(ewers)
    set_today(DAY)
    line = ewers.lines.get()
    asked = ask_return(part=ewers, pieces={line.pk: 1}, reason="broken", text="ترک خورده")
    received_back(given=accept_return(given=asked, by=None), by=None)
    market.sell(kilim=1)
    return market


def test_a_month_names_what_was_sold_cancelled_and_given_back(story):
    aban, azar = (figures_of(story.bazaar, span, on=today())["sales"] for span in MONTHS)
    assert {name: aban["total"][name] for name in ("sold", "cancelled", "returned", "pieces")} == {
        "sold": 5, "cancelled": 1, "returned": 0, "pieces": 4,
    }  # fmt: skip
    assert {name: azar["total"][name] for name in ("sold", "cancelled", "returned", "pieces")} == {
        "sold": 1, "cancelled": 0, "returned": 1, "pieces": 0,
    }  # fmt: skip
    assert (aban["total"]["gross"], aban["total"]["back"]) == (2 * 1_000_003 + 3 * 70_001, 1_000_003)
    assert [(row["name"]["en"], row["pieces"]) for row in aban["makers"]] == [
        ("Kilim workshop", 1),
        ("Copper workshop", 3),
    ]
    assert [(row["name"]["en"], row["gross"]) for row in aban["groups"]] == [
        ("Loom weaves", 2_000_006),
        ("Metalwork", 210_003),
    ]


def test_every_sum_is_what_the_books_have(story):
    agree(story, story.bazaar)
    agree(story, story.shop)


def test_every_piece_is_where_the_shelves_have_it(story):
    said = figures_of(story.bazaar, AUTUMN, on=today())
    total = said["sales"]["total"]
    assert books.pieces(story.bazaar) == 2 * PIECES - (total["sold"] - total["cancelled"])
    assert said["stock"]["shelf"] - said["stock"]["held"] == books.pieces(story.bazaar)
    groups = {row["name"]["en"]: row["pieces"] for row in said["sales"]["groups"]}
    assert groups == books.pieces_by_group(story.bazaar) == {"Loom weaves": 2, "Metalwork": 2}


def test_an_offer_that_sold_nothing_moves_nothing(market):
    total = figures_of(market.bazaar, MONTHS[0], on=today())["sales"]["total"]
    assert set(total.values()) == {0}
    assert books.totals(market.bazaar, MONTHS[0]) == dict.fromkeys(RIAL, 0)
    assert books.pieces(market.bazaar) == 2 * PIECES


def test_an_order_of_several_places_is_shared_out_to_the_rial(market):
    """One seller sells from the bazaar, the shop and the workshop in one order: the books have one sum for the three."""
    (part,) = market.sell(kilim=3, elsewhere=2, workshop=1)
    lines = {line.venue_id: line.pk for line in part.lines.all()}
    cancel_pieces(part=part, pieces={lines[market.bazaar.pk]: 1, lines[None]: 1}, who=BUYER, by=None)
    places = [
        figures_of(venue, MONTHS[0], on=today())["sales"]["total"]["net"] for venue in (market.bazaar, market.shop)
    ]
    assert places == [2 * 1_000_003 + _rounding(3, 2, 1_000_003), 2 * 900_001]
    kept = -sum(Posting.objects.filter(what="goods").values_list("amount_rial", flat=True))
    assert kept == sum(places)  # the workshop's only piece was cancelled
    assert list(our_audits.reports_count_what_the_books_have()) == []


def _rounding(quantity: int, left: int, price: int) -> int:
    """A line's first portion is rounded down, so that what is left may be a rial more; whole prices leave none."""
    whole = quantity * price
    return (whole - whole * (quantity - left) // quantity) - left * price


def test_random_months_agree(market, lease):  # noqa: F811
    """Two hundred acts of sellers and buyers over both months, in an order that chance says; the seed is fixed."""
    chance, did = Random(1405), set()
    for _nth in range(200):
        act = chance.choice(("sell", "sell", "sell", "cancel", "arrive", "give back", "day"))
        try:
            _ACTS[act](market, chance)
        except ValidationError:
            continue
        did.add(act)
    assert did == set(_ACTS)
    assert {back.of_return_id is None for back in MoneyBack.objects.all()} == {True, False}
    agree(market, market.bazaar)
    agree(market, market.shop)
    total = figures_of(market.bazaar, AUTUMN, on=today())["sales"]["total"]
    assert books.pieces(market.bazaar) == 2 * PIECES - (total["sold"] - total["cancelled"])
    assert total["pieces"] == sum(books.pieces_by_group(market.bazaar).values()) > 0
    assert list(our_audits.reports_count_what_the_books_have()) == []


def _sell(market, chance: Random) -> None:
    wanted = [{"kilim": chance.randint(1, 5)}, {"kilim": 2, "jug": chance.randint(1, 7)}, {"jug": 3}]
    market.sell(**chance.choice([*wanted, {"elsewhere": chance.randint(1, 3)}, {"workshop": 1}]))


def _part(chance: Random, *states: str) -> SellerOrder:
    found = SellerOrder.objects.filter(state__in=states).order_by("pk")
    if not found:
        raise ValidationError("none", code="none")
    return chance.choice(list(found))


def _cancel(market, chance: Random) -> None:
    part = _part(chance, "placed", "confirmed")
    market.cancel(part, chance.randint(1, max(1, part.lines.get().standing)))


def _arrive(market, chance: Random) -> None:
    market.arrive(_part(chance, "placed"))


def _give_back(market, chance: Random) -> None:
    part = _part(chance, "delivered")
    line = part.lines.get()
    asked = ask_return(
        part=part, pieces={line.pk: chance.randint(1, max(1, line.standing))}, reason="broken", text="ترک"
    )
    received_back(given=accept_return(given=asked, by=None), by=None)


def _day(market, chance: Random) -> None:
    set_today(min(today() + timedelta(days=chance.randint(1, 3)), date(2026, 12, 20)))


_ACTS = {"sell": _sell, "cancel": _cancel, "arrive": _arrive, "give back": _give_back, "day": _day}


def test_rent_of_a_month_is_what_the_books_have(lease, next_stall, bazaar):  # noqa: F811
    rent = Rent.objects.get()
    month = MONTHS[1]
    said = figures_of(bazaar, month, on=DAY)["rents"]
    assert said["total"] == {"asked": 30_000_000, "paid": 0, "paid_late": 0, "open": 30_000_000, "late": 0}
    assert books.rent_owed(bazaar) == 30_000_000
    set_today(DAY + timedelta(days=9))
    record_payment(rent=rent, paid_on=today(), way="bank")
    said = figures_of(bazaar, month, on=today())["rents"]
    assert said["total"] == {"asked": 30_000_000, "paid": 30_000_000, "paid_late": 30_000_000, "open": 0, "late": 0}
    assert (said["received"], books.rent_owed(bazaar)) == (30_000_000, 0)
    take_back_payment(rent=rent)
    end_lease(lease=lease, last_on=today(), because="پایان")
    said = figures_of(bazaar, month, on=today())["rents"]
    assert said["total"]["late"] == said["total"]["asked"] == books.rent_owed(bazaar) == 10_000_000
    assert said["received"] == 0


def test_the_audit_is_asked_with_those_of_money():
    assert audits(MONEY)["reports of venues"] is our_audits.reports_count_what_the_books_have


def test_the_audit_names_a_line_that_is_not_what_the_books_have(market):
    (part,) = market.sell(kilim=1)
    line = part.lines.get()
    Line.objects.filter(pk=line.pk).update(line_price_before_discounts_incl_tax=1_000_002)
    (sentence,) = our_audits.reports_count_what_the_books_have()
    source = part.order.payment.number
    assert sentence == f"{source} sale: reports count 1000002 rial of goods, the books have 1000003."


def test_moves_without_days_are_all_of_them(story):
    total = sums(moves(Line.objects.filter(venue=story.bazaar)))
    assert total == figures_of(story.bazaar, AUTUMN, on=today())["sales"]["total"]
    assert total["sold"] == 6


def test_a_sale_on_the_last_day_of_a_month_is_of_that_month(market):
    set_today(DAY - timedelta(days=1))
    market.sell(jug=1)
    set_today(DAY)
    market.sell(jug=2)
    sold = [figures_of(market.bazaar, span, on=today())["sales"]["total"]["sold"] for span in MONTHS]
    assert sold == [1, 2]
    assert ABAN < MONTHS[0].last == DAY - timedelta(days=1)
