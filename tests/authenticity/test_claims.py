"""Words that claim a seal: every spelling meets, the longest phrase counts, a plain fact is free."""

import pytest

from authenticity.claims import Claim, seal_claims, unbacked

UNESCO, WCC, NATIONAL = "unesco-seal-of-authenticity", "wcc-award-of-excellence", "national-seal-of-authenticity"


def words(*texts: str) -> list[str]:
    return [claim.words for claim in seal_claims(*texts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("این گلیم مهر اصالت دارد.", "مهر اصالت"),
        ("مُهرِ اصالت", "مهر اصالت"),
        ("مهر‌اصالت", "مهر اصالت"),
        ("دارای نشان مرغوبيت", "نشان مرغوبیت"),  # an Arabic ye
        ("نشان مرغوبیــت", "نشان مرغوبیت"),
        ("نشان <b>مرغوبیت</b>", "نشان مرغوبیت"),
        ("استاندارد ملي صنايع دستي", "استاندارد ملی صنایع دستی"),
        ("نشان جغرافیایی", "نشان جغرافیایی"),
        ("جایزهٔ یونسکو", "جایزه یونسکو"),
        ("جایزۀ شورای جهانی صنایع‌دستی", "جایزه شورای جهانی صنایع دستی"),
        ("Holder of the UNESCO Award of Excellence", "unesco award of excellence"),
        ("UNESCO-award", "unesco award"),
        ("World Crafts Council award", "world crafts council award"),
        ("with a seal of\nauthenticity", "seal of authenticity"),
        ("GI-certified", "gi certified"),
    ],
)
def test_a_claim_is_found_in_every_spelling(text, found):
    assert words(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "سیرجان شهر جهانی گلیم است.",
        "سیرجان در سال ۲۰۱۷ به ثبت شورای جهانی صنایع دستی رسید.",
        "این نقش در فهرست میراث ناملموس یونسکو آمده است.",
        "Sirjan is a WCC city.",
        "Sirjan was named a World Crafts City by the World Crafts Council.",
        "Inscribed by UNESCO as intangible heritage.",
        "مهرداد نشانی‌اش را با استاندارد می‌نویسد",
        "Magi tagged it",
        "",
    ],
)
def test_a_plain_fact_claims_no_seal(text):
    assert words(text) == []


def test_the_longest_phrase_says_which_seal():
    assert seal_claims("مهر اصالت یونسکو") == [Claim("مهر اصالت یونسکو", frozenset({UNESCO}))]
    assert seal_claims("مهر اصالت")[0].schemes == {UNESCO, WCC, NATIONAL}


def test_words_of_several_texts_are_named_once_each():
    assert words("نشان مرغوبیت", "quality mark; نشان مرغوبیت") == ["نشان مرغوبیت", "quality mark"]


def test_a_claim_stands_on_any_of_its_schemes():
    claims = seal_claims("مهر اصالت و نشان مرغوبیت")
    assert [claim.words for claim in unbacked(claims, [NATIONAL])] == ["نشان مرغوبیت"]
    assert unbacked(claims, [WCC, "quality-mark"]) == []
    assert unbacked(claims, []) == claims
