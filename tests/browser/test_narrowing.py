"""Facets by hand: on a phone in the sheet, without script by the button; and the tab of a page stands in sight."""

import re

import pytest
from playwright.sync_api import expect

from marketplace.demo.accounts import BUYER
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser

IN_SIGHT = """(tab) => {
  const [its, rows] = [tab.getBoundingClientRect(), tab.closest("ul").getBoundingClientRect()];
  return its.left >= rows.left - 1 && its.right <= rows.right + 1;
}"""


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_tab_of_a_page_is_in_sight_on_a_phone(lang, live_site, page_at, sideways_scroll):
    page = page_at(360, lang)
    sign_in(page, BUYER, lang)
    for room in ("", "addresses/", "data/"):
        page.goto(f"{'' if lang == 'fa' else '/en'}/account/{room}", wait_until="load")
        assert page.locator(".desk-nav [aria-current]").evaluate(IN_SIGHT), room
        assert sideways_scroll(page) == 0


def test_a_colour_is_chosen_in_the_sheet_and_taken_off_by_its_chip(live_site, page_at, axe):
    page = page_at(360, "en")
    page.goto("/en/search/")
    page.get_by_role("button", name="Narrow down").click()
    page.locator("#facet-colour summary").click()
    choice = page.locator("#facet-colour label").first
    name, works = re.fullmatch(r"\s*(\w+)\s+(\d+)\s*", choice.inner_text()).groups()
    assert axe(page) == []
    choice.click()
    expect(page.locator(".chips .chosen")).to_contain_text(name)
    expect(page).to_have_url(re.compile(r"[?&]colour=\w+"))
    expect(page.locator(".total")).to_contain_text(works)
    page.keyboard.press("Escape")
    page.locator(".chips .chosen").click()
    expect(page.locator(".chips .chosen")).to_have_count(0)


def test_a_technique_is_chosen_without_script(live_site, page_at):
    page = page_at(1440, "en", java_script_enabled=False)
    page.goto("/en/search/")
    page.locator("#facet-technique summary").click()
    page.locator("#facet-technique input").first.check()
    page.get_by_role("button", name="Show the works").click()
    assert "technique=" in page.url
    assert page.locator(".chips .chosen").count() == 1
    page.locator(".chips .chosen").click()
    assert "technique=" not in page.url
