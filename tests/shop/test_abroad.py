"""A work's page says where it may go, why not, and where that is known from; figures of officers show at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import escape

from catalogue.models import Material, Product
from marketplace.customs.facts import known_facts
from marketplace.customs.services import confirm_code, write_figure
from tests.cast import DAY

PAGE = "/en/sending-abroad/"


def text(client, work) -> str:
    """What the work's page says of sending it abroad."""
    page = client.get(f"/en/work/{work.pk}/{work.slug}/").content.decode()
    return page[page.index('id="abroad"') : page.index("What the market knows of sending abroad")]


def test_a_domestic_work_may_go_and_the_paper_it_needs_is_named(client, kilim):
    told = text(client, kilim)
    assert told.count("Yes, as far as is known") == 2
    assert "wants a responsible person there" in told
    assert '<dt>The United States</dt><dd><span class="origin foreign">No</span></dd>' in told


@pytest.mark.parametrize("origin", ["foreign_tray", "unproven_tray"])
def test_what_is_not_shown_to_be_iranian_is_exported_nowhere(client, request, origin):
    told = text(client, request.getfixturevalue(origin))
    assert "Only works of proven Iranian origin are exported from here." in told
    assert "Yes" not in told


def test_the_limit_without_a_legal_basis_says_so(client, kilim):
    Product.objects.filter(pk=kilim.pk).update(weight_grams=47_500)
    told = text(client, kilim)
    assert told.count("Not as it stands") == 2
    assert told.count("weighs 47.5 kg; the limit kept here for a parcel is 35 kg. (legal basis not found)") == 1


def test_a_protected_animal_needs_a_permit(client, kilim):
    kilim.materials.add(Material.objects.create(slug="shell", name_fa="صدف", name_en="Shell"))
    told = text(client, kilim)
    assert (told.count("Not as it stands"), told.count("CITES permit")) == (2, 1)


def test_a_confirmed_code_of_silver_stops_at_the_union_only(client, kilim, artisan):
    confirm_code(work=kilim, code="7113.11", by=artisan)
    told = text(client, kilim)
    assert (told.count("Not as it stands"), told.count("Yes, as far as is known")) == (1, 1)


def test_an_officers_figure_shows_on_the_next_look(client, kilim, officer):
    Product.objects.filter(pk=kilim.pk).update(weight_grams=47_500)
    assert text(client, kilim).count("Not as it stands") == 2
    write_figure(
        code="heavy_parcel",
        value=Decimal(50_000),
        severity="stop",
        standing="public",
        valid_from=DAY,
        noted_on=date(2026, 11, 20),
        source_fa="نامهٔ گمرک",
        source_en="A letter of the customs",
        by=officer,
    )
    assert text(client, kilim).count("Yes, as far as is known") == 2
    page = client.get(PAGE).content.decode()
    assert ("A letter of the customs" in page, "written by an officer, 20 November 2026" in page) == (True, True)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_page_shows_every_fact_with_its_source_and_how_sure_it_is(client, day, language):
    page = client.get(PAGE if language == "en" else PAGE.removeprefix("/en")).content.decode()
    for fact in known_facts().values():
        assert escape(getattr(fact, f"source_{language}")) in page, fact.code
        assert escape(getattr(fact, f"about_{language}")) in page, fact.code
    assert page.count({"en": "legal basis not found", "fa": "مستند قانونی یافت نشد"}[language]) >= 4
    assert {"en": "said or noted on 8 March 2022", "fa": "۱۷ اسفند ۱۴۰۰"}[language] in page


def test_the_page_asks_little(client, day, django_assert_max_num_queries):
    client.get(PAGE)
    with django_assert_max_num_queries(3):
        client.get(PAGE)
