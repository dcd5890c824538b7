"""Seals lost since a sale, for whoever sends the piece."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from authenticity.models import SealGrant
from marketplace.checkout.placing import place_order
from marketplace.order.models import Letter, Line, Return
from marketplace.order.queries import sale_page
from marketplace.order.returns import ask_return, offer_return_for_revoked_seal
from marketplace.order.rules import SELLER
from marketplace.order.seals import lost_since_sale
from marketplace.order.steps import advance, dispatch
from tests.cast import DAY
from tests.checkout.sale import contact, purchase_of, workshop_offer  # noqa: F401  fixtures
from tests.order.sold import arrived, sold  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(seal, workshop_offer, contact) -> Line:  # noqa: F811
    order = place_order(purchase_of(workshop_offer, contact))
    return Line.objects.select_related("product__parent").get(order=order)


def test_a_seal_in_force_is_not_lost(line):
    assert lost_since_sale([line], on=DAY) == {}


def test_a_revoked_seal_of_the_sale_is_named_in_one_query(line, seal, django_assert_num_queries):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    with django_assert_num_queries(1):
        lost = lost_since_sale([line], on=DAY)
    assert {pk: [one["number"] for one in seals] for pk, seals in lost.items()} == {line.pk: ["Q-1"]}


def test_a_seal_granted_anew_is_not_lost(line, seal):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    SealGrant.objects.create(
        scheme=seal.scheme,
        product_line=seal.product_line,
        maker=seal.maker,
        number="Q-2",
        valid_from=DAY,
        valid_until=seal.valid_until,
    )
    assert lost_since_sale([line], on=DAY) == {}


def test_a_line_sold_under_no_seal_asks_nothing(line, django_assert_num_queries):
    line.snapshot = {"seals": []}
    with django_assert_num_queries(0):
        assert lost_since_sale([line], on=DAY) == {}


@pytest.fixture
def sealed(seal, sold):  # noqa: F811
    """The seller order of kilims that were sold under a seal, which is revoked before they leave."""
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    return sold


def test_the_maker_reads_a_lost_seal_before_sending(client, sealed, artisan):
    client.force_login(artisan)
    page = client.get(f"/en/desk/orders/{sealed.number}/").content.decode()
    assert "The seal “Quality mark” under which this was sold is no longer in force." in page
    assert [line["lost_seals"] for line in sale_page(sealed)["lines"]] == [["Quality mark"]]


def test_the_buyer_is_told_of_a_lost_seal_as_the_piece_leaves(sealed, artisan):
    advance(part=sealed, to="confirmed", who=SELLER, by=artisan)
    dispatch(part=sealed, by=artisan, carrier="پست")
    told = [letter.text_en for letter in Letter.objects.order_by("pk") if "Quality mark" in letter.text_en]
    assert told == [
        f"“Shiriki-pich kilim” of your order {sealed.number} is on its way, but the seal “Quality mark” under which you bought it is "
        "no longer in force. The page of your order says how it can be given back."
    ]


def test_nothing_is_said_of_a_seal_that_holds(seal, sold, artisan):  # noqa: F811
    advance(part=sold, to="confirmed", who=SELLER, by=artisan)
    dispatch(part=sold, by=artisan, carrier="پست")
    assert not Letter.objects.filter(text_en__contains="seal").exists()


@pytest.mark.parametrize("field", ["suspended_on", "revoked_on", "voided_on"])
def test_a_label_that_is_not_in_force_leaves_with_no_piece(field, sealed, passport, artisan):
    advance(part=sealed, to="confirmed", who=SELLER, by=artisan)
    type(passport).objects.filter(pk=passport.pk).update(**{field: DAY})
    with pytest.raises(ValidationError) as error, transaction.atomic():
        dispatch(part=sealed, by=artisan, carrier="پست", passports=[(passport, sealed.lines.get())])
    assert error.value.code == "passport_not_in_force"
    passport.refresh_from_db()
    sealed.refresh_from_db()
    assert (passport.order_line, sealed.state) == (None, "confirmed")


def test_the_buyer_is_offered_the_money_back_when_a_seal_is_revoked_within_a_year(seal, sold, artisan):  # noqa: F811
    arrived(sold, artisan)
    before = Letter.objects.count()
    seal.revoked_on = DAY
    seal.save(update_fields=["revoked_on"])
    assert offer_return_for_revoked_seal(seal) == 1
    letter = Letter.objects.order_by("pk")[before]
    assert letter.text_en == (
        f"The seal Q-1 under which “{sold.lines.get().title}” was sold to you was revoked. You can give it back for a full refund."
    )
    given = ask_return(part=sold, pieces={sold.lines.get().pk: 1}, reason=Return.Reason.SEAL, text="")
    assert given.reason == "seal"
