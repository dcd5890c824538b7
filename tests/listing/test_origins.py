"""Origins follow licences, officers and permits; what they make unlawful is withdrawn in the same transaction, and told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from catalogue.models import FOR_EVER, OriginDecision, Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.core.models import Notice, OutboxEvent
from marketplace.core.notices import mail_notices
from marketplace.listing.licences import (
    change_production_licence,
    record_licence_event,
    record_production_licence,
)
from marketplace.listing.origins import change_origin, decide_import_permit, dispute_origin, register_import_permit
from marketplace.listing.services import add_variant, create_work, edit_work, offer_in_venue, withdraw_offer
from marketplace.partner.models import StockRecord
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def fresh(work: Product) -> Product:
    return Product.objects.get(pk=work.pk)


def origin(work: Product) -> tuple:
    kept = fresh(work)
    return (kept.origin_state, kept.origin_basis, kept.domestic_until)


def active_places(work: Product) -> list:
    return [
        offer.venue and offer.venue.slug for offer in StockRecord.objects.active().filter(product=work).order_by("pk")
    ]


@pytest.fixture
def in_bazaar(kilim, bazaar):
    return offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)


def test_a_licence_that_is_recorded_makes_its_makers_works_domestic(coppersmith, unproven_tray, foreign_tray, metal):
    record_production_licence(
        maker=coppersmith, craft_group=metal, number="P-1", issued_on=date(2026, 1, 1), expires_on=date(2028, 1, 1)
    )
    assert origin(unproven_tray) == ("domestic", "declared", date(2028, 1, 1))
    assert origin(foreign_tray) == ("foreign", "declared", None)


def test_a_revoked_licence_takes_its_works_out_of_bound_venues_only(licence, kilim, in_bazaar):
    change_production_licence(licence=licence, revoked_on=DAY)
    assert origin(kilim) == ("unproven", "declared", None)
    assert active_places(kilim) == [None]
    in_bazaar.refresh_from_db()
    assert in_bazaar.withdrawn_because == "origin_changed"


def test_a_renewed_licence_lengthens_the_origin(licence, kilim, in_bazaar):
    change_production_licence(licence=licence, expires_on=date(2029, 6, 1))
    assert origin(kilim) == ("domestic", "declared", date(2029, 6, 1))
    assert active_places(kilim) == [None, "qaleh-mahmoud"]


def test_a_licence_that_is_shortened_shortens_the_origin(licence, kilim, in_bazaar):
    change_production_licence(licence=licence, expires_on=date(2026, 12, 1))
    assert origin(kilim) == ("domestic", "declared", date(2026, 12, 1))
    assert active_places(kilim) == [None, "qaleh-mahmoud"]


def test_an_officers_word_outlives_the_licence(licence, kilim, officer, in_bazaar):
    change_origin(
        work=kilim, state="domestic", country="IR", basis="verified", until=FOR_EVER, by=officer, reason="visited"
    )
    change_production_licence(licence=licence, revoked_on=DAY)
    assert origin(kilim) == ("domestic", "verified", FOR_EVER)
    assert active_places(kilim) == [None, "qaleh-mahmoud"]
    kept = OriginDecision.objects.get()
    assert (kept.state, kept.by, kept.reason) == ("domestic", officer, "visited")


def test_a_disputed_work_leaves_bound_venues_and_stays_elsewhere(kilim, officer, in_bazaar):
    dispute_origin(work=kilim, by=officer, reason="photo seen elsewhere")
    assert origin(kilim) == ("disputed", "verified", None)
    assert active_places(kilim) == [None]
    with pytest.raises(ValidationError) as refused:
        edit_work(work=fresh(kilim), origin_country="")
    assert refused.value.code == "officers_matter"
    edit_work(work=fresh(kilim), title="نام تازه")
    assert origin(kilim) == ("disputed", "verified", None)


def test_a_work_that_turns_foreign_without_a_permit_is_offered_nowhere(kilim, in_bazaar):
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None)
    assert active_places(kilim) == []
    assert {offer.withdrawn_because for offer in kilim.stockrecords.all()} == {"no_import_permit"}
    assert fresh(kilim).product_line is None


def test_a_refused_permit_ends_every_offer_under_it(permit, foreign_tray):
    decide_import_permit(permit=permit, accepted=True)
    assert active_places(foreign_tray) == [None]
    decide_import_permit(permit=permit, accepted=False)
    assert active_places(foreign_tray) == []


def test_another_sellers_permit_covers_nothing(permit, weaver, kilim_craft):
    with pytest.raises(ValidationError) as refused:
        create_work(
            maker=weaver,
            craft=kilim_craft,
            title_fa="گلیم",
            origin_country="TR",
            import_permit=permit,
            price_rial=1_000_000,
        )
    assert refused.value.code == "other_makers_permit"
    assert Product.objects.count() == 0


def test_a_foreign_work_is_not_offered_without_a_permit_but_may_be_kept(coppersmith, copper_craft, free_shop):
    work = create_work(maker=coppersmith, craft=copper_craft, title_fa="سینی", origin_country="TR")
    with pytest.raises(ValidationError) as refused:
        offer_in_venue(work=work, venue=free_shop, price_rial=1_000_000, pieces=1)
    assert refused.value.code == "no_import_permit"
    assert StockRecord.objects.count() == 0


def test_an_officers_verification_ends_when_the_maker_says_another_craft(kilim, copper_craft):
    change_origin(work=kilim, state="domestic", country="IR", basis="verified", until=FOR_EVER)
    edit_work(work=fresh(kilim), craft=copper_craft)
    assert origin(kilim) == ("unproven", "declared", None)


def test_the_same_country_said_again_changes_nothing(kilim):
    change_origin(work=kilim, state="domestic", country="IR", basis="verified", until=FOR_EVER)
    edit_work(work=fresh(kilim), origin_country="IR", craft=kilim.craft, title_en="Kilim")
    assert origin(kilim) == ("domestic", "verified", FOR_EVER)


def test_a_variant_answers_with_its_works_origin(kilim, bazaar):
    with pytest.raises(ValidationError) as refused:
        add_variant(work=fresh(kilim), title_fa="بزرگ", price_rial=90_000_000, pieces=1)
    assert refused.value.code == "offers_stand"
    withdraw_offer(offer=kilim.stockrecords.get(), because="by_maker")
    variant = add_variant(work=fresh(kilim), title_fa="بزرگ", price_rial=90_000_000, pieces=1, venue=bazaar)
    assert variant.is_domestic_on(DAY)
    change_origin(work=fresh(kilim), state="unproven", country="IR", basis="verified", until=None)
    assert active_places(variant) == []


def test_seller_manager_and_open_baskets_are_told_in_both_languages(kilim, in_bazaar, artisan, manager, buyer, bazaar):
    basket = Basket.objects.create(owner=buyer)
    add_to_basket(basket=basket, offer=offer_to_sell(in_bazaar.pk))
    change_origin(work=kilim, state="unproven", country="IR", basis="verified", until=None)
    told = {notice.user: notice for notice in Notice.objects.all()}
    assert set(told) == {artisan, manager, buyer}
    assert "بازار قلعه محمود" in told[artisan].text_fa
    assert "Qaleh Mahmoud bazaar" in told[artisan].text_en
    assert told[manager].link.endswith("?place=qaleh-mahmoud")
    assert Line.objects.filter(basket=basket).count() == 1
    with override("en"):
        assert told[buyer].text.startswith("“Shiriki-pich kilim” in your basket")


def test_a_makers_own_withdrawal_tells_nobody(kilim, in_bazaar):
    withdraw_offer(offer=in_bazaar, because="by_maker")
    assert Notice.objects.count() == 0


def test_notices_are_mailed_in_their_readers_language(kilim, in_bazaar, artisan, mailoutbox):
    artisan.language = "en"
    artisan.save()
    change_origin(work=kilim, state="unproven", country="IR", basis="verified", until=None)
    mail_notices(list(OutboxEvent.objects.filter(topic="notice")))
    mine = next(mail for mail in mailoutbox if mail.to == [artisan.email])
    assert mine.subject == "A message from Rasteh"
    assert "Shiriki-pich kilim" in mine.body
    assert "/desk/works/" in mine.body


def test_registering_a_permit_twice_finds_the_first(coppersmith):
    first = register_import_permit(maker=coppersmith, number=" G-7 ", country="TR", issued_on=DAY)
    assert register_import_permit(maker=coppersmith, number="G-7", country="CN", issued_on=DAY) == first
    assert first.country == "TR"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"state": "domestic", "country": "TR", "until": FOR_EVER}, "origin_country"),
        ({"state": "domestic", "country": "", "until": FOR_EVER}, "origin_country"),
        ({"state": "foreign", "country": "IR", "until": None}, "origin_country"),
        ({"state": "domestic", "country": "IR", "until": date(2026, 11, 21)}, "origin_ended"),
    ],
)
def test_a_word_on_an_origin_that_does_not_fit_together_is_not_written(kilim, in_bazaar, said, code):
    before = Product.objects.values().get(pk=kilim.pk)
    with pytest.raises(ValidationError) as error:
        change_origin(work=kilim, basis="verified", **said)
    assert error.value.code == code
    assert Product.objects.values().get(pk=kilim.pk) == before
    assert OriginDecision.objects.count() == 0
    assert StockRecord.objects.active().filter(pk=in_bazaar.pk).exists()


def test_a_renewal_of_a_venues_licence_needs_its_new_end(bazaar):
    licence = bazaar.licences.get()
    with pytest.raises(ValidationError) as error:
        record_licence_event(licence=licence, kind="renewed", on=DAY)
    assert error.value.code == "new_end"
    assert licence.events.count() == 1
    record_licence_event(licence=licence, kind="renewed", on=DAY, expires_on=date(2031, 1, 1))
    bazaar.refresh_from_db()
    assert bazaar.open_until == date(2031, 1, 1)
