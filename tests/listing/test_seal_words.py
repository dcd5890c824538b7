"""Words of a seal that is not in force: refused at every door of a listing, and taken off sale when the seal is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from authenticity.models import SealGrant
from authenticity.seals import revoke_seal, suspend_seal
from catalogue.models import Product, ProductImage, ProductLine
from catalogue.pictures import add_stored_picture
from marketplace.core import clock
from marketplace.core.models import Notice, Refusal
from marketplace.core.pictures import StoredPicture
from marketplace.listing.audits import offered_works_name_no_seal_they_lack
from marketplace.listing.origins import change_origin
from marketplace.listing.seal_ends import withdraw_after_expiry
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.listing.services import (
    add_variant,
    create_work,
    edit_offer,
    edit_work,
    move_offer,
    offer_in_venue,
    withdraw_offer,
)
from marketplace.partner.models import StockRecord
from tests.cast import DAY

pytestmark = pytest.mark.django_db
WORDS = "نشان مرغوبیت"


@pytest.fixture
def work(kilim) -> Product:
    return Product.objects.select_related("maker", "craft", "import_permit").get(pk=kilim.pk)


@pytest.fixture
def claimant(seal, work) -> Product:
    """The kilim, whose description names a seal that is in force."""
    return edit_work(work=work, description=f"این گلیم {WORDS} دارد.")


@pytest.fixture
def outside(weaver, kilim_craft) -> ProductLine:
    """A line of the same maker without the seal."""
    return ProductLine.objects.create(maker=weaver, craft=kilim_craft, name_fa="گلیم ساده", name_en="Plain kilims")


def state() -> list:
    works = Product.objects.order_by("pk").values_list(
        "pk", "title", "title_en", "description", "product_line", "structure"
    )
    offers = StockRecord.objects.order_by("pk").values_list("pk", "venue", "price", "withdrawn_at")
    return [*works, *offers, *ProductImage.objects.values_list("pk", "alt_fa", "alt_en")]


def refused(act, code: str = "seal_words") -> ValidationError:
    before = state()
    with pytest.raises(ValidationError) as error, transaction.atomic():
        act()
    assert error.value.code == code
    assert state() == before
    return error.value


def force(work: Product, **fields) -> Product:
    """Words that stand without a seal, as they might from before the rule."""
    Product.objects.filter(pk=work.pk).update(**fields)
    return Product.objects.select_related("maker", "craft").get(pk=work.pk)


@pytest.mark.parametrize(
    "field", ["title_fa", "title_en", "description_fa", "description_en", "technique_fa", "technique_en"]
)
def test_a_new_work_names_no_seal_it_has_not(field, weaver, licence, kilim_craft, kilim_line):
    texts = {"title_fa": "گلیم"} | {field: f"گلیم با {WORDS}"}
    refused(lambda: create_work(maker=weaver, craft=kilim_craft, product_line=kilim_line, price_rial=10**7, **texts))


def test_the_sentence_names_words_and_seal_and_what_to_do(seal, work, outside):
    error = refused(lambda: edit_work(work=work, description=f"با {WORDS}", product_line=outside))
    with override("en"):
        assert error.messages == [
            "The text says “نشان مرغوبیت”, but no such seal (Quality mark) is in force for this maker and the product line of this "
            "work. Take these words out of names, descriptions and photo texts, or put the work into the product line that the seal "
            "was given to; if you have no such seal, ask for it first."
        ]
    assert str(error.params["words"]) == WORDS
    assert str(error.params["seals"]) == "نشان مرغوبيت"


def test_a_seal_the_market_does_not_know_is_called_as_the_text_calls_it(work):
    assert str(refused(lambda: edit_work(work=work, title_en="Kilim, GI certified")).params["seals"]) == "gi certified"


def test_a_seal_in_force_lets_its_words_stand(claimant):
    assert WORDS in Product.objects.get(pk=claimant.pk).description
    assert list(offered_works_name_no_seal_they_lack()) == []


def test_another_product_line_takes_the_words_along_nowhere(claimant, outside):
    refused(lambda: edit_work(work=claimant, product_line=outside))


def test_a_work_of_another_maker_names_no_seal_of_this_one(seal, coppersmith, copper_craft):
    refused(lambda: create_work(maker=coppersmith, craft=copper_craft, title_fa=f"سینی، {WORDS}"))


def test_a_variant_stands_in_its_works_line(claimant):
    withdraw_offer(offer=claimant.stockrecords.get(), because="by_maker")
    assert add_variant(work=claimant, title_fa=f"بزرگ، {WORDS}", price_rial=10**7, pieces=1).parent == claimant
    refused(lambda: add_variant(work=claimant, title_fa="کوچک، مهر یونسکو", price_rial=10**7, pieces=1))


def test_a_photos_text_is_held_to_the_rule(work):
    stored = StoredPicture(name="a.webp", width=1, height=1, sizes={}, colour="#ffffff")
    refused(lambda: add_stored_picture(work=work, stored=stored, alt_fa=f"گلیم و {WORDS} آن"))
    assert add_stored_picture(work=work, stored=stored, alt_fa="گلیم").pk


@pytest.mark.parametrize("door", ["offer_in_venue", "move_offer", "edit_offer"])
def test_no_offer_is_made_of_a_work_whose_words_are_false(door, work, free_shop):
    offer = work.stockrecords.get()
    work = force(work, description_en="With a quality mark")
    offer.product = work
    acts = {
        "offer_in_venue": lambda: offer_in_venue(work=work, venue=free_shop, price_rial=10**7, pieces=1),
        "move_offer": lambda: move_offer(offer=offer, venue=free_shop),
        "edit_offer": lambda: edit_offer(offer=offer, price_rial=10**7, pieces=2),
    }
    refused(acts[door])


def test_a_refusal_is_recorded_for_the_seller(work):
    with pytest.raises(ValidationError):
        edit_work(work=work, title_en="Kilim with a quality mark")
    record = Refusal.objects.get()
    assert (record.rule, record.door, record.code, record.by_seller) == (
        "forbid_unbacked_seal_words",
        "edit_work",
        "seal_words",
        True,
    )


@pytest.mark.parametrize("lose", [suspend_seal, revoke_seal])
def test_a_lost_seal_takes_its_words_off_sale_and_tells_the_maker(lose, claimant, seal, artisan):
    lose(grant=seal, because="نمونه")
    assert StockRecord.objects.get(product=claimant).withdrawn_because == "seal_words"
    notice = Notice.objects.get(user=artisan)
    assert (notice.kind, claimant.title in notice.text_fa) == ("offer_withdrawn", True)
    assert list(offered_works_name_no_seal_they_lack()) == []


def test_a_lost_seal_leaves_a_work_on_sale_that_does_not_name_it(work, seal):
    revoke_seal(grant=seal, because="نمونه")
    assert StockRecord.objects.get(product=work).withdrawn_at is None


def test_words_taken_out_let_the_work_be_offered_again(claimant, seal):
    revoke_seal(grant=seal, because="نمونه")
    fresh = Product.objects.select_related("maker", "craft").get(pk=claimant.pk)
    refused(lambda: offer_in_venue(work=fresh, venue=None, price_rial=10**7, pieces=1))
    mended = edit_work(work=fresh, description="این گلیم دست‌باف است.")
    assert offer_in_venue(work=mended, venue=None, price_rial=10**7, pieces=1).withdrawn_at is None


def test_the_worker_takes_off_sale_what_names_an_expired_seal(claimant, seal):
    SealGrant.objects.filter(pk=seal.pk).update(valid_until=DAY)
    assert withdraw_after_expiry() == 0
    clock.set_today(DAY + timedelta(days=1))
    assert len(list(offered_works_name_no_seal_they_lack())) == 1
    assert (withdraw_after_expiry(), withdraw_after_expiry()) == (1, 0)
    assert StockRecord.objects.get(product=claimant).withdrawn_because == "seal_words"


def test_an_origin_that_turns_foreign_takes_line_and_words_off_sale(claimant, officer):
    changed = change_origin(work=claimant, state="foreign", country="TR", basis="verified", until=None, by=officer)
    assert changed.product_line is None
    assert StockRecord.objects.get(product=claimant).withdrawn_at is not None


def test_a_work_that_names_no_seal_costs_one_query_for_its_photos(work, django_assert_num_queries):
    with django_assert_num_queries(1):
        forbid_false_seal_words(work, on=date(2026, 11, 22))
