"""What an officer's decision on a claim does, and what a won appeal gives back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from authenticity.rules import require_label_quota
from catalogue.models import OriginDecision, Product
from marketplace.core import clock
from marketplace.core.models import Notice
from marketplace.listing.claims import ask_verification, send_licence, send_permit
from marketplace.listing.licences import record_licence_event
from marketplace.listing.origins import change_origin
from marketplace.listing.returns import give_back_offers
from marketplace.listing.services import offer_in_venue, withdraw_offer
from marketplace.makers.models import ProductionLicence
from marketplace.matters.services import appeal, decide
from marketplace.partner.models import StockRecord
from tests.cast import DAY

RENEWED = date(2030, 6, 1)


def accept(maker, group, by, **changes):
    paper = {"kind": "individual", "number": "T-1", "issued_on": date(2026, 6, 1), "expires_on": RENEWED} | changes
    sent = send_licence(maker=maker, by=None, craft_group=group, **paper)
    return decide(matter=sent, decision="accepted", reason="", by=by)


def licences(maker) -> list[tuple]:
    return list(maker.licences.order_by("pk").values_list("number", "issued_on", "expires_on", "pieces_a_year"))


def test_a_renewed_licence_stays_one_licence_with_one_capacity(kilim, weaver, flatweave, licence, officer):
    ProductionLicence.objects.update(pieces_a_year=100)
    accept(weaver, flatweave, officer, pieces_a_year=100, number=" T-1 ")
    assert licences(weaver) == [("T-1", date(2026, 6, 1), RENEWED, 100)]
    assert Product.objects.get(pk=kilim.pk).domestic_until == RENEWED
    with pytest.raises(ValidationError) as refused:
        require_label_quota(weaver.licences.valid_on(DAY), made=100, wanted=1)
    assert refused.value.code == "over_capacity"


def test_an_older_paper_shortens_nothing_and_an_empty_capacity_stays(kilim, weaver, flatweave, licence, officer):
    ProductionLicence.objects.update(pieces_a_year=100)
    accept(weaver, flatweave, officer, issued_on=date(2024, 1, 1), expires_on=date(2026, 12, 1))
    assert licences(weaver) == [("T-1", date(2025, 6, 1), date(2027, 6, 1), 100)]
    assert Product.objects.get(pk=kilim.pk).domestic_until == date(2027, 6, 1)


def test_another_number_is_another_licence(weaver, flatweave, licence, officer):
    accept(weaver, flatweave, officer, number="T-2")
    assert [row[0] for row in licences(weaver)] == ["T-1", "T-2"]


def test_a_revoked_licence_is_not_renewed_by_an_older_paper(weaver, flatweave, licence, officer):
    ProductionLicence.objects.update(revoked_on=date(2026, 7, 1))
    before = licences(weaver)
    with pytest.raises(ValidationError) as refused:
        accept(weaver, flatweave, officer)
    assert refused.value.code == "licence_revoked"
    assert (licences(weaver), weaver.licences.get().revoked_on) == (before, date(2026, 7, 1))


def test_a_revoked_licence_counts_again_by_a_newer_paper(weaver, flatweave, licence, officer):
    ProductionLicence.objects.update(revoked_on=date(2026, 7, 1))
    accept(weaver, flatweave, officer, issued_on=date(2026, 8, 1))
    assert licences(weaver) == [("T-1", date(2026, 8, 1), RENEWED, None)]
    assert weaver.licences.get().revoked_on is None


def test_the_database_keeps_no_second_row_of_a_licence(weaver, flatweave, licence):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductionLicence.objects.create(
            maker=weaver, craft_group=flatweave, number="T-1", issued_on=DAY, expires_on=RENEWED
        )
    assert weaver.licences.count() == 1


def origin(work) -> tuple:
    names = ("origin_state", "origin_country", "origin_basis", "domestic_until", "product_line")
    return Product.objects.values_list(*names).get(pk=work.pk)


def decided(work, decision, by):
    return decide(matter=ask_verification(work=work, by=None, text="-"), decision=decision, reason="-", by=by)


def overturn(matter, by):
    decide(matter=appeal(matter=matter, by=None, text="-"), decision="overturned", reason="-", by=by)


@pytest.mark.parametrize("which", ["unproven_tray", "kilim"])
def test_a_won_appeal_against_foreign_gives_back_what_stood_before(request, which, officer, other_officer):
    work = request.getfixturevalue(which)
    before = origin(work)
    matter = decided(work, "foreign", officer)
    assert origin(work)[0] == "foreign"
    overturn(matter, other_officer)
    assert origin(work) == before


@pytest.mark.parametrize("decision", ["foreign", "unproven"])
def test_a_won_appeal_does_nothing_when_a_newer_word_was_spoken(unproven_tray, officer, other_officer, decision):
    matter = decided(unproven_tray, decision, officer)
    newer = {"state": "foreign", "country": "TR", "basis": "verified", "until": None}
    change_origin(work=Product.objects.get(pk=unproven_tray.pk), by=officer, **newer)
    words = OriginDecision.objects.count()
    overturn(matter, other_officer)
    assert (origin(unproven_tray)[:3], OriginDecision.objects.count()) == (("foreign", "TR", "verified"), words)


def places(work) -> list:
    """Where a work is offered: venues by name, the workshop as None."""
    return list(StockRecord.objects.active().filter(product=work).order_by("pk").values_list("venue__slug", flat=True))


def told(person) -> list[tuple[str, str]]:
    """What became of offers, as a seller was told after an appeal."""
    notices = Notice.objects.filter(user=person, kind__in=("offer_back", "offer_not_back")).order_by("pk")
    return [(notice.kind, notice.text_en) for notice in notices]


@pytest.fixture
def in_bazaar(kilim, bazaar) -> StockRecord:
    return offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)


def test_a_won_appeal_gives_back_the_offers_that_the_decision_ended(
    kilim, bazaar, in_bazaar, artisan, officer, other_officer
):
    before = StockRecord.objects.values_list("pk", "venue", "price", "num_in_stock")
    stood = list(before)
    matter = decided(kilim, "foreign", officer)
    assert (places(kilim), told(artisan)) == ([], [])
    overturn(matter, other_officer)
    assert (places(kilim), list(before)) == ([None, bazaar.slug], stood)
    again = "is offered in {} again: what had ended its offer there is over."
    assert [kind for kind, _text in told(artisan)] == ["offer_back"] * 2
    assert again.format("the workshop") in told(artisan)[0][1]
    assert again.format(bazaar.name_en) in told(artisan)[1][1]


def test_an_offer_that_is_not_lawful_today_stays_ended_and_its_seller_hears_why(
    kilim, bazaar, in_bazaar, artisan, officer, other_officer
):
    matter = decided(kilim, "foreign", officer)
    record_licence_event(licence=bazaar.licences.get(), kind="suspended", on=DAY)
    overturn(matter, other_officer)
    assert places(kilim) == [None]
    (_back, (kind, text)) = told(artisan)
    assert kind == "offer_not_back"
    assert "is over, but it is not back yet. The licence of" in text


def test_a_verification_that_ended_meanwhile_is_not_given_back(
    coppersmith, kerman, unproven_tray, bazaar, officer, other_officer
):
    verified = {"state": "domestic", "country": "IR", "basis": "verified", "until": date(2026, 12, 1)}
    change_origin(work=unproven_tray, by=officer, **verified)
    offer_in_venue(work=unproven_tray, venue=bazaar, price_rial=50_000_000, pieces=1)
    matter = decided(unproven_tray, "foreign", officer)
    clock.set_today(date(2026, 12, 2))
    overturn(matter, other_officer)
    assert origin(unproven_tray)[:4] == ("unproven", "IR", "declared", None)
    assert places(unproven_tray) == [None]
    assert [kind for kind, _text in told(coppersmith.owner)] == ["offer_back", "offer_not_back"]
    assert "The Iranian origin of" in told(coppersmith.owner)[1][1]


def test_a_permit_accepted_on_appeal_gives_back_what_its_refusal_ended(foreign_tray, permit, officer, other_officer):
    matter = decide(matter=send_permit(permit=permit, by=None), decision="refused", reason="-", by=officer)
    assert places(foreign_tray) == []
    overturn(matter, other_officer)
    assert places(foreign_tray) == [None]
    assert [kind for kind, _text in told(permit.maker.owner)] == ["offer_back"]


@pytest.mark.parametrize("because", ["by_maker", "origin_changed"])
def test_what_its_maker_took_back_or_offered_anew_is_not_given_back(kilim, bazaar, in_bazaar, artisan, because):
    withdraw_offer(offer=in_bazaar, because=because)
    if because != "by_maker":
        offer_in_venue(work=kilim, venue=bazaar, price_rial=210_000_000, pieces=1)
    stood = places(kilim)
    give_back_offers([in_bazaar.pk])
    in_bazaar.refresh_from_db()
    assert (places(kilim), in_bazaar.withdrawn_because) == (stood, because)
    assert told(artisan) == []
