"""What may be said of an origin, and under which paper a foreign work is offered: truth tables."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalogue.claims import foreign_claim, local_claim
from catalogue.models import ImportPermit, Product
from catalogue.rules import forbid_passing_as_local, require_free_declaration, require_import_permit
from marketplace.makers.models import Maker

MAKER, OTHER = Maker(pk=1), Maker(pk=2)
PERMIT = ImportPermit(maker=MAKER, country="TR", issued_on=date(2026, 1, 1))
REFUSED = ImportPermit(maker=MAKER, country="TR", issued_on=date(2026, 1, 1), state="refused")
OF_CHINA = ImportPermit(maker=MAKER, country="CN", issued_on=date(2026, 1, 1))
OF_ANOTHER = ImportPermit(maker=OTHER, country="TR", issued_on=date(2026, 1, 1))


def work(state="foreign", country="TR", *, permit=None, basis="declared", **fields) -> Product:
    return Product(
        title=fields.pop("title", "سینی"),
        maker=MAKER,
        origin_state=state,
        origin_country=country,
        origin_basis=basis,
        import_permit=permit,
        **fields,
    )


def code_of(rule, *args, **kwargs) -> str:
    try:
        rule(*args, **kwargs)
    except ValidationError as error:
        return error.code or ""
    return ""


@pytest.mark.parametrize(
    ("state", "permit", "code"),
    [
        ("foreign", PERMIT, ""),
        ("foreign", None, "no_import_permit"),
        ("foreign", REFUSED, "no_import_permit"),
        ("foreign", OF_CHINA, "no_import_permit"),
        ("foreign", OF_ANOTHER, "no_import_permit"),
        ("domestic", None, ""),
        ("unproven", None, ""),
        ("disputed", None, ""),
    ],
)
def test_require_import_permit(state, permit, code):
    assert code_of(require_import_permit, work(state, permit=permit)) == code


def test_a_variant_stands_under_its_works_permit():
    parent = work(permit=None, structure="parent", pk=7)
    variant = Product(structure="child", parent=parent, title="بزرگ")
    assert code_of(require_import_permit, variant) == "no_import_permit"
    parent.import_permit = PERMIT
    assert code_of(require_import_permit, variant) == ""


@pytest.mark.parametrize(
    ("state", "country", "basis", "said", "code"),
    [
        ("domestic", "IR", "declared", "IR", ""),
        ("domestic", "IR", "declared", "TR", ""),
        ("unproven", "", "declared", "IR", ""),
        ("foreign", "TR", "declared", "IR", "officers_matter"),
        ("foreign", "TR", "declared", "", "officers_matter"),
        ("foreign", "TR", "declared", "CN", ""),
        ("foreign", "TR", "verified", "IR", "officers_matter"),
        ("disputed", "IR", "verified", "IR", ""),
        ("disputed", "IR", "verified", "", "officers_matter"),
        ("disputed", "IR", "verified", "TR", ""),
        ("domestic", "IR", "verified", "", "officers_matter"),
        ("unproven", "CN", "verified", "IR", "officers_matter"),
    ],
)
def test_require_free_declaration(state, country, basis, said, code):
    assert code_of(require_free_declaration, work(state, country, basis=basis), country=said) == code


@pytest.mark.parametrize(
    ("state", "title", "code"),
    [
        ("foreign", "سینی مسی", ""),
        ("foreign", "سینی مسی ساخت ايران", "passes_as_local"),
        ("foreign", "سینی اصلِ ایرانی", "passes_as_local"),
        ("foreign", "Tray, made in IRAN", "passes_as_local"),
        ("foreign", "Tray from Iranshahr street", ""),
        ("domestic", "سینی مسی ساخت ایران", ""),
        ("unproven", "سینی مسی ساخت ایران", ""),
    ],
)
def test_forbid_passing_as_local(state, title, code):
    assert code_of(forbid_passing_as_local, work(state, title=title)) == code


def test_a_foreign_work_joins_no_product_line():
    assert code_of(forbid_passing_as_local, work(product_line_id=3)) == "passes_as_local"
    assert code_of(forbid_passing_as_local, work("domestic", "IR", product_line_id=3)) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("گلیم ساخت ترکیه", True),
        ("گلیم ساختِ ترکيه", True),
        ("گلیم بافت‌ هند", True),
        ("Kilim, MADE  IN Turkey", True),
        ("Product of China.", True),
        ("نقش ترکی", False),
        ("هندسی", False),
        ("Made in the Turkish manner", False),
        ("", False),
    ],
)
def test_words_that_say_a_work_comes_from_abroad(text, found):
    assert bool(foreign_claim("", text)) is found


def test_words_are_found_in_any_of_the_texts():
    assert local_claim("سینی", "", "محصول ایران است") == "محصول ایران"
    assert local_claim("سینی") == ""
