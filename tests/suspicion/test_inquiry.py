"""What looks foreign is put to the officers once; nothing happens to the work until a person decides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.core.clock import set_today
from marketplace.core.models import Notice, OutboxEvent
from marketplace.listing.origins import change_origin, dispute_origin
from marketplace.listing.services import add_variant, create_work, edit_offer, edit_work
from marketplace.makers.models import ProductionLicence
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.partner.models import StockRecord
from marketplace.suspicion.findings import INQUIRE
from marketplace.suspicion.inquiry import ask_all, inquire
from marketplace.suspicion.models import BrandName, LabourFloor
from tests.cast import DAY

TURKISH = "بافت ظریف، ساخت ترکیه"


def suspicions():
    return Matter.objects.filter(kind="suspicion")


def say_turkish(work):
    return edit_work(work=work, description=TURKISH)


def kinds(matter) -> list[str]:
    return [fact["kind"] for fact in matter.facts["signals"]]


def test_a_work_without_a_sign_opens_nothing(kilim, floor):
    assert inquire([kilim.pk]) == []
    assert not suspicions().exists()


def test_foreign_words_open_a_matter_with_sentences_in_both_languages(kilim):
    say_turkish(kilim)
    [matter] = inquire([kilim.pk])
    assert (matter.subject_id, matter.maker, matter.weight, matter.title_en) == (
        kilim.pk, kilim.maker, 40, "Shiriki-pich kilim",
    )  # fmt: skip
    assert matter.facts == {
        "signals": [
            {
                "kind": "words",
                "mark": "words:ساخت ترکیه",
                "weight": 40,
                "sentence_fa": matter.facts["signals"][0]["sentence_fa"],
                "sentence_en": "The work's own text says “ساخت ترکیه”.",
                "image": None,
                "other_image": None,
            }
        ]
    }
    assert not matter.is_demo


def test_words_of_a_variant_count_for_its_work(weaver, licence, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم")
    add_variant(work=work, title_fa="کوچک", title_en="Small, made in Turkey", price_rial=1_000_000, pieces=1)
    [matter] = inquire([work.pk])
    assert matter.subject_id == work.pk


def test_nothing_happens_to_the_work(kilim, bazaar):
    before = Product.objects.filter(pk=kilim.pk).values().get()
    offers = list(StockRecord.objects.values())
    say_turkish(kilim)
    inquire([kilim.pk])
    after = Product.objects.filter(pk=kilim.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"description", "date_updated"}
    assert list(StockRecord.objects.values()) == offers
    assert not Notice.objects.exists()


def test_asking_twice_opens_one_matter_with_one_step(kilim):
    say_turkish(kilim)
    inquire([kilim.pk])
    assert inquire([kilim.pk, kilim.pk]) == []
    assert suspicions().get().steps.count() == 1


def test_the_worker_asks_after_a_change_of_the_listing(kilim):
    say_turkish(kilim)
    assert OutboxEvent.objects.filter(topic=INQUIRE, key=str(kilim.pk), done_at=None).exists()
    assert not suspicions().exists()
    outbox.drain()
    assert suspicions().get().subject_id == kilim.pk
    assert not OutboxEvent.objects.filter(topic=INQUIRE, done_at=None).exists()


def test_a_search_that_fails_does_not_stop_the_inquiry(kilim, monkeypatch):
    def failing(events):
        raise RuntimeError

    monkeypatch.setitem(outbox._readers, "work_changed", outbox.Reader(failing))
    say_turkish(kilim)
    outbox.drain()
    assert suspicions().exists()
    assert OutboxEvent.objects.filter(topic="work_changed", done_at=None).exists()


@pytest.mark.parametrize("state", ["foreign", "disputed"])
def test_foreign_and_disputed_works_are_not_asked_about(kilim, officer, state):
    say_turkish(kilim)
    if state == "disputed":
        dispute_origin(work=kilim, by=officer, reason="-")
    else:
        change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None, by=officer)
    assert inquire([kilim.pk]) == []
    assert not suspicions().exists()


def test_an_unproven_work_that_says_iran_is_asked_about(unproven_tray):
    say_turkish(unproven_tray)
    [matter] = inquire([unproven_tray.pk])
    assert matter.subject_id == unproven_tray.pk


def test_a_work_of_no_stated_country_claims_nothing(unproven_tray):
    Product.objects.filter(pk=unproven_tray.pk).update(origin_country="")
    unproven_tray.refresh_from_db()
    say_turkish(unproven_tray)
    assert inquire([unproven_tray.pk]) == []


def test_a_hint_alone_opens_nothing_but_adds_to_another(kilim):
    Product.objects.filter(pk=kilim.pk).update(upc="8691234567890")
    assert inquire([kilim.pk]) == []
    kilim.refresh_from_db()
    say_turkish(kilim)
    [matter] = inquire([kilim.pk])
    assert (kinds(matter), matter.weight) == (["words", "gtin"], 45)


def test_a_brand_counts_from_its_day_until_its_last(kilim):
    edit_work(work=kilim, title_en="Kilim in the manner of Samplebrand")
    brand = BrandName.objects.create(
        name="Samplebrand", note="-", since=DAY + timedelta(days=1), until=DAY + timedelta(days=2)
    )
    assert inquire([kilim.pk]) == []
    set_today(brand.until + timedelta(days=1))
    assert inquire([kilim.pk]) == []
    set_today(brand.until)
    assert kinds(inquire([kilim.pk])[0]) == ["brand"]


def test_the_cheapest_active_offer_is_compared_with_the_labour_floor(kilim, floor, free_shop):
    edit_work(work=kilim, hours=450)  # worth 450,000,000 at the least: 40 % is 180,000,000, its price
    assert inquire([kilim.pk]) == []
    offer = kilim.stockrecords.get()
    edit_offer(offer=offer, price_rial=179_000_000, pieces=3)
    [matter] = inquire([kilim.pk])
    assert (kinds(matter), matter.weight) == (["price"], 20)


def test_without_a_labour_floor_no_price_is_suspicious(kilim):
    edit_work(work=kilim, hours=100_000)
    assert inquire([kilim.pk]) == []


@pytest.mark.parametrize(
    ("rows", "suspicious"),
    [
        ([("own", 1_000_000, 0, False)], True),
        ([("all", 1_000_000, 0, False)], True),
        ([("other", 1_000_000, 0, False)], False),
        ([("own", 1_000_000, -1, False)], False),  # from tomorrow on
        ([("own", 1_000_000, 9, False), ("own", 1_000, 0, False)], False),  # the newest counts
        ([("own", 1_000, 9, False), ("all", 1_000_000, 0, False)], False),  # a group's own before all
        ([("own", 1_000_000, 0, True)], False),  # a demo's figure judges no real work
    ],
)
def test_which_labour_floor_counts(kilim, flatweave, metal, rows, suspicious):
    groups = {"own": flatweave, "other": metal, "all": None}
    for group, rial, days_ago, is_demo in rows:
        LabourFloor.objects.create(
            craft_group=groups[group],
            rial_per_hour=rial,
            since=DAY - timedelta(days=days_ago),
            source="-",
            is_demo=is_demo,
        )
    edit_work(work=kilim, hours=1_000)
    assert bool(inquire([kilim.pk])) is suspicious


def licensed_for(licence, pieces):
    ProductionLicence.objects.filter(pk=licence.pk).update(pieces_a_year=pieces)


def test_pieces_on_offer_up_to_the_capacity_are_fine(kilim, licence):
    licensed_for(licence, 3)
    assert inquire([kilim.pk]) == []
    licensed_for(licence, 2)
    assert kinds(inquire([kilim.pk])[0]) == ["capacity"]


def test_pieces_sold_this_jalali_year_count_and_cancelled_ones_do_not(kilim, licence, sold):
    licensed_for(licence, 5)
    sold(kilim, 2)
    sold(kilim, 9, state="cancelled")
    sold(kilim, 9, placed=DAY.replace(month=3, day=20))  # 29 Esfand 1404
    sold(kilim, 9, origin_state="foreign")
    assert inquire([kilim.pk]) == []
    sold(kilim, 1, placed=DAY.replace(month=3, day=21))  # 1 Farvardin 1405
    [matter] = inquire([kilim.pk])
    assert matter.facts["signals"][0]["sentence_en"] == (
        "In this craft group the maker offers 3 pieces and sold 3 in the year 1405; the licence is for 5 pieces a year."
    )


def test_a_piece_sold_and_not_yet_sent_is_counted_once(kilim, licence, sold):
    licensed_for(licence, 3)
    kilim.stockrecords.get().allocate(2)
    sold(kilim, 2)
    assert inquire([kilim.pk]) == []


def test_too_many_pieces_are_one_matter_about_the_work_with_most(kilim, weaver, licence, kilim_craft):
    more = [
        create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", price_rial=10**8, pieces=pieces)
        for pieces in (2, 7, 1)
    ]
    licensed_for(licence, 9)
    [matter] = inquire([kilim.pk])
    assert matter.subject_id == more[1].pk
    assert inquire([work.pk for work in more]) == []
    edit_offer(offer=more[0].stockrecords.get(), price_rial=10**8, pieces=8)  # now another one is the fullest
    assert [found.subject_id for found in inquire([work.pk for work in more])] == [more[0].pk]
    assert suspicions().count() == 2  # 20 pieces: more than twice the licence is a new question
    edit_offer(offer=more[1].stockrecords.get(), price_rial=10**8, pieces=9)
    assert inquire([work.pk for work in more]) == []


def test_a_licence_without_a_capacity_says_nothing(kilim, weaver, licence, flatweave):
    licensed_for(licence, 1)
    ProductionLicence.objects.create(
        maker=weaver, craft_group=flatweave, number="T-2", issued_on=DAY, expires_on=DAY + timedelta(days=9)
    )
    assert inquire([kilim.pk]) == []


def test_weights_order_the_queue(kilim, unproven_tray, weaver, licence, kilim_craft, floor):
    cheap = create_work(maker=weaver, craft=kilim_craft, title_fa="جاجیم", price_rial=390_000, hours=1)
    both = create_work(
        maker=weaver, craft=kilim_craft, title_fa="گلیم", description_fa=TURKISH, price_rial=100_000, hours=1
    )
    say_turkish(kilim)
    inquire([cheap.pk, both.pk, kilim.pk])
    assert [(matter.subject_id, matter.weight) for matter in suspicions().waiting()] == [
        (both.pk, 75), (kilim.pk, 40), (cheap.pk, 20),
    ]  # fmt: skip


def test_what_is_found_later_joins_the_waiting_matter(kilim):
    say_turkish(kilim)
    [matter] = inquire([kilim.pk])
    Product.objects.filter(pk=kilim.pk).update(upc="8691234567890")
    inquire([kilim.pk])
    matter.refresh_from_db()
    assert (kinds(matter), matter.weight) == (["words", "gtin"], 45)
    assert [step.kind for step in matter.steps.all()] == ["opened", "grew"]


def test_an_edit_by_the_maker_makes_no_waiting_matter_lighter(kilim):
    say_turkish(kilim)
    inquire([kilim.pk])
    edit_work(work=kilim, description="گلیم سیرجان")
    assert inquire([kilim.pk]) == []
    assert suspicions().get().weight == 40


def test_a_judged_signal_is_not_raised_again(kilim, officer):
    say_turkish(kilim)
    [matter] = inquire([kilim.pk])
    decide(matter=matter, decision="unfounded", reason="", by=officer)
    edit_work(work=kilim, title_en="Kilim")
    assert inquire([kilim.pk]) == []
    assert suspicions().count() == 1


def test_a_new_signal_opens_a_new_matter_that_weighs_only_what_is_new(kilim, officer, floor):
    say_turkish(kilim)
    [first] = inquire([kilim.pk])
    decide(matter=first, decision="unfounded", reason="", by=officer)
    edit_work(work=kilim, hours=600)
    [again] = inquire([kilim.pk])
    assert again.pk != first.pk
    assert (kinds(again), again.weight) == (["price"], 20)


def test_a_new_hint_after_a_decision_opens_nothing(kilim, officer):
    say_turkish(kilim)
    [matter] = inquire([kilim.pk])
    decide(matter=matter, decision="unfounded", reason="", by=officer)
    Product.objects.filter(pk=kilim.pk).update(upc="8691234567890")
    assert inquire([kilim.pk]) == []


def test_a_changed_table_has_every_work_asked_about(kilim, weaver, kilim_craft, monkeypatch):
    monkeypatch.setattr("marketplace.suspicion.inquiry.BATCH", 2)
    for _turn in range(4):
        create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم سمپل‌برند", price_rial=10**8)
    outbox.drain()
    BrandName.objects.create(name="سمپل برند", note="-", since=DAY)
    ask_all()
    while outbox.drain():
        pass
    assert suspicions().count() == 4


@pytest.mark.parametrize("is_known", [False, True])
def test_fifty_works_cost_as_many_queries_as_five(weaver, licence, kilim_craft, floor, is_known):
    licensed_for(licence, 10_000)
    BrandName.objects.create(name="Samplebrand", note="-", since=DAY)
    text = TURKISH if is_known else "گلیم"
    works = [
        create_work(maker=weaver, craft=kilim_craft, title_fa=text, price_rial=10**8, hours=10).pk
        for _turn in range(50)
    ]
    inquire(works)
    assert suspicions().count() == (50 if is_known else 0)
    costs = []
    for some in (works[:5], works):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            inquire(some)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[1] <= 16
