"""Where rates and limits come from is said in the reader's own language."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override

from marketplace.shipping.models import Carrier
from marketplace.shipping.words import words_of

KEPT = {
    "kind": "carrier", "name_fa": "پست", "name_en": "Post", "price_rial": 1, "parcels": [], "is_demo": False,
    "is_estimate": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "kept",
    [{"source": "بخشنامهٔ ۱۲", "source_en": "circular 12"}, {"source": "بخشنامهٔ ۱۲ / circular 12"}],
    ids=["two places", "an old order's one"],
)
def test_an_order_says_the_source_of_its_rate_in_the_readers_language(kept):
    said = {}
    for language in ("fa", "en"):
        with override(language):
            said[language] = words_of(KEPT | kept).source
    assert said == {"fa": "بخشنامهٔ ۱۲", "en": "circular 12"}


def test_a_source_known_in_one_language_is_said_to_all():
    with override("en"):
        assert words_of(KEPT | {"source": "بخشنامهٔ ۱۲", "source_en": ""}).source == "بخشنامهٔ ۱۲"
        assert Carrier(limits_source="قرارداد").shown_limits_source == "قرارداد"


@pytest.mark.django_db
def test_texts_that_held_both_languages_are_parted():
    move = import_module("marketplace.shipping.migrations.0005_sources_in_two_languages")
    carrier = Carrier.objects.create(code="post", name_fa="پست", name_en="Post", limits_source="متن / text")
    plain = Carrier.objects.create(code="other", name_fa="دیگر", name_en="Other", limits_source="بی‌خط")
    move.part(apps, None)
    carrier.refresh_from_db()
    plain.refresh_from_db()
    assert [carrier.limits_source, carrier.limits_source_en] == ["متن", "text"]
    assert [plain.limits_source, plain.limits_source_en] == ["بی‌خط", ""]
    move.join(apps, None)
    carrier.refresh_from_db()
    assert carrier.limits_source == "متن / text"
