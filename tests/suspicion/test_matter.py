"""What a person decides about a doubtful work, what the maker can say to it, and how it is undone."""

import html
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from authenticity.models import SealGrant, SealScheme
from catalogue.models import OriginDecision, Product
from marketplace.core.models import Notice
from marketplace.listing.licences import record_production_licence
from marketplace.listing.origins import change_origin
from marketplace.listing.services import edit_work, offer_in_venue
from marketplace.makers.models import ProductionLicence
from marketplace.matters.models import Matter
from marketplace.matters.services import answer, appeal, ask_maker, decide
from marketplace.partner.models import StockRecord
from marketplace.suspicion.inquiry import inquire
from marketplace.suspicion.matter import facts_of
from tests.cast import DAY

ORIGIN = ("origin_state", "origin_country", "origin_basis", "domestic_until", "product_line")


def origin(work) -> tuple:
    return Product.objects.values_list(*ORIGIN).get(pk=work.pk)


def doubt(work) -> Matter:
    edit_work(work=work, description="ساخت ترکیه")
    [matter] = inquire([work.pk])
    return matter


@pytest.fixture
def matter(kilim):
    return doubt(kilim)


def overturn(matter, by):
    decide(matter=appeal(matter=matter, by=None, text="-"), decision="overturned", reason="-", by=by)


def test_unfounded_leaves_the_work_and_tells_its_maker(kilim, matter, officer, artisan):
    before = origin(kilim)
    decide(matter=matter, decision="unfounded", reason="", by=officer)
    assert origin(kilim) == before
    assert not OriginDecision.objects.exists()
    assert Notice.objects.get(user=artisan).text_en == (
        "The origin of “Shiriki-pich kilim” was looked at, and nothing changes. "
    )


def test_disputed_takes_the_work_out_of_bound_venues_only(kilim, matter, officer, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=10**8, pieces=1)
    decide(matter=matter, decision="disputed", reason="متن خودش", by=officer)
    assert origin(kilim) == ("disputed", "IR", "verified", None, kilim.product_line_id)
    assert [offer.venue for offer in StockRecord.objects.active()] == [None]
    assert kilim.origin_decisions.get().by == officer


def test_foreign_takes_every_offer_back_until_a_permit_stands(kilim, matter, officer):
    decide(matter=matter, decision="foreign", reason="-", by=officer)
    assert origin(kilim) == ("foreign", "", "verified", None, None)
    assert not StockRecord.objects.active().exists()


@pytest.mark.parametrize("decision", ["disputed", "foreign"])
def test_a_decision_against_a_maker_needs_a_reason(kilim, matter, officer, decision):
    before = origin(kilim)
    with pytest.raises(ValidationError) as refusal:
        decide(matter=matter, decision=decision, reason=" ", by=officer)
    assert refusal.value.code == "reason_needed"
    assert origin(kilim) == before
    assert Matter.objects.get(pk=matter.pk).is_open


@pytest.mark.parametrize("decision", ["disputed", "foreign"])
def test_a_won_appeal_gives_a_declared_origin_back(kilim, matter, officer, other_officer, decision):
    before = origin(kilim)
    decide(matter=matter, decision=decision, reason="-", by=officer)
    assert origin(kilim) != before
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim) == before
    assert list(kilim.origin_decisions.values_list("state", "by")) == [
        (decision, officer.pk), ("domestic", other_officer.pk),
    ]  # fmt: skip


@pytest.mark.parametrize("decision", ["disputed", "foreign"])
def test_a_lost_appeal_changes_nothing(kilim, matter, officer, other_officer, decision):
    decide(matter=matter, decision=decision, reason="-", by=officer)
    decided = origin(kilim)
    matter.refresh_from_db()
    decide(matter=appeal(matter=matter, by=None, text="-"), decision="stands", reason="-", by=other_officer)
    assert origin(kilim) == decided


def test_a_declared_origin_comes_back_by_the_licences_of_the_day(kilim, matter, officer, other_officer, licence):
    decide(matter=matter, decision="disputed", reason="-", by=officer)
    ProductionLicence.objects.filter(pk=licence.pk).update(revoked_on=DAY)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim) == ("unproven", "IR", "declared", None, kilim.product_line_id)


def test_a_longer_licence_meanwhile_counts(kilim, matter, officer, other_officer, weaver, flatweave):
    decide(matter=matter, decision="disputed", reason="-", by=officer)
    record_production_licence(
        maker=weaver,
        kind="individual",
        craft_group=flatweave,
        number="T-2",
        issued_on=DAY,
        expires_on=date(2030, 1, 1),
    )
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim)[:4] == ("domestic", "IR", "declared", date(2030, 1, 1))


def test_an_unproven_work_comes_back_as_unproven(unproven_tray, officer, other_officer):
    matter = doubt(unproven_tray)
    before = origin(unproven_tray)
    assert before[0] == "unproven"
    decide(matter=matter, decision="foreign", reason="-", by=officer)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(unproven_tray) == before


def test_a_verified_origin_comes_back_as_it_was(unproven_tray, officer, other_officer):
    until = date(2029, 5, 5)
    change_origin(
        work=unproven_tray, state="domestic", country="IR", place="کرمان", basis="verified", until=until, by=officer
    )
    matter = doubt(unproven_tray)
    before = origin(unproven_tray)
    decide(matter=matter, decision="foreign", reason="-", by=officer)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(unproven_tray) == before == ("domestic", "IR", "verified", until, None)
    assert Product.objects.get(pk=unproven_tray.pk).origin_place == "کرمان"


@pytest.mark.parametrize(("revoked", "expected"), [(None, "seal"), (DAY, "declared")])
def test_an_origin_by_seal_comes_back_while_the_seal_holds(kilim, officer, other_officer, revoked, expected):
    scheme = SealScheme.objects.create(slug="s", name_fa="نشان", name_en="Seal")
    grant = SealGrant.objects.create(
        scheme=scheme,
        maker=kilim.maker,
        product_line=kilim.product_line,
        number="S-1",
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 1, 1),
    )
    change_origin(work=kilim, state="domestic", country="IR", basis="seal", until=grant.valid_until)
    matter = doubt(kilim)
    decide(matter=matter, decision="foreign", reason="-", by=officer)
    SealGrant.objects.update(revoked_on=revoked)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim)[0] == "domestic"
    assert origin(kilim)[2] == expected


def test_a_newer_word_of_an_officer_stays_when_the_first_is_undone(kilim, matter, officer, other_officer):
    decide(matter=matter, decision="disputed", reason="-", by=officer)
    kilim.refresh_from_db()
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None, by=officer)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim)[:2] == ("foreign", "TR")


def test_a_maker_who_named_the_country_meanwhile_is_taken_at_their_word(kilim, matter, officer, other_officer):
    decide(matter=matter, decision="disputed", reason="-", by=officer)
    edit_work(work=Product.objects.get(pk=kilim.pk), origin_country="TR", product_line=None)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert origin(kilim)[:2] == ("foreign", "TR")


@pytest.mark.parametrize("decision", ["disputed", "foreign"])
def test_a_work_that_claims_nothing_any_more_is_not_decided_against(kilim, matter, officer, decision):
    change_origin(work=kilim, state="foreign", country="TR", basis="declared", until=None)
    before = origin(kilim)
    with pytest.raises(ValidationError) as refusal:
        decide(matter=matter, decision=decision, reason="-", by=officer)
    assert refusal.value.code == "no_claim"
    assert origin(kilim) == before
    assert Matter.objects.get(pk=matter.pk).is_open


def test_judged_signals_stay_judged_after_a_won_appeal(kilim, matter, officer, other_officer):
    decide(matter=matter, decision="disputed", reason="-", by=officer)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert inquire([kilim.pk]) == []


def test_the_maker_is_asked_answers_and_every_step_is_kept(kilim, matter, officer, other_officer, artisan):
    ask_maker(matter=matter, by=officer, text="این واژه‌ها از کجاست؟")
    answer(matter=matter, by=artisan, text="از متن دیگری مانده است.")
    decide(matter=matter, decision="disputed", reason="سند ندارد", by=officer)
    matter.refresh_from_db()
    overturn(matter, other_officer)
    assert list(matter.steps.values_list("kind", "by__username")) == [
        ("opened", None),
        ("asked", "officer"),
        ("answered", "artisan"),
        ("decided", "officer"),
        ("appealed", None),
    ]
    assert Notice.objects.filter(user=artisan).count() == 3


def test_facts_come_heaviest_first(kilim, matter):
    Product.objects.filter(pk=kilim.pk).update(upc="8691234567890")
    inquire([kilim.pk])
    matter.refresh_from_db()
    shown = facts_of(matter)
    assert shown["work"].pk == kilim.pk
    assert [(signal.weight, signal.sides) for signal in shown["signals"]] == [(40, ()), (5, ())]


def test_the_maker_reads_what_was_noticed_and_answers(client, kilim, matter, artisan):
    client.force_login(artisan)
    page = client.get(reverse("desks:matter", args=[matter.pk]))
    assert matter.facts["signals"][0]["sentence_fa"] in html.unescape(page.content.decode())
    client.post(reverse("desks:matter-answer", args=[matter.pk]), {"text": "از متن دیگری مانده است."})
    assert matter.steps.last().kind == "answered"


def test_another_maker_sees_nothing_of_it(client, matter, coppersmith, other_artisan):
    client.force_login(other_artisan)
    assert client.get(reverse("desks:matter", args=[matter.pk])).status_code == 404
