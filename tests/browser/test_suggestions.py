"""The search box by keyboard: suggestions open, are walked through, closed and followed; without script it still searches."""

import re

import pytest

pytestmark = pytest.mark.browser

CITY = {"fa": ("سیرج", "سیرجان", "شهر", "/city/sirjan/"), "en": ("sirj", "Sirjan", "City", "/en/city/sirjan/")}


def type_into(page, text: str):
    """Type a text and wait until the suggestions are open; (box, list)."""
    box = page.get_by_role("combobox")
    box.press_sequentially(text, delay=20)
    listed = page.get_by_role("listbox")
    listed.wait_for(state="visible")
    return box, listed


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_arrows_walk_and_enter_follows(lang, live_site, page_at, axe, sideways_scroll):
    text, name, kind, address = CITY[lang]
    page = page_at(360, lang)
    page.goto("/" if lang == "fa" else "/en/")
    box, listed = type_into(page, text)
    options = listed.get_by_role("option")

    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    assert options.first.inner_text().split("\n") == [name, kind]
    assert axe(page) == []
    assert sideways_scroll(page) == 0

    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("ArrowUp")  # back into the box
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")  # round to the last one
    assert box.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    box.press("ArrowDown")
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    assert page.url == live_site.url + address


def test_escape_closes_and_keeps_the_text_and_enter_then_searches(live_site, page_at):
    page = page_at(1440, "en")
    page.goto("/en/")
    box, listed = type_into(page, "kilim")
    box.press("Escape")
    assert listed.is_hidden()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "kilim"
    box.press("ArrowDown")
    listed.wait_for(state="visible")
    with page.expect_navigation():
        box.press("Enter")
    assert re.search(r"/en/search/\?q=kilim$", page.url)


def test_a_pointer_follows_a_suggestion_and_leaving_closes_them(live_site, page_at):
    page = page_at(1440, "en")
    page.goto("/en/")
    box, listed = type_into(page, "sirj")
    box.press("Tab")
    assert listed.is_hidden()
    box.focus()
    box.press("ArrowDown")
    listed.wait_for(state="visible")
    with page.expect_navigation():
        listed.get_by_role("option").first.click()
    assert page.url == live_site.url + "/en/city/sirjan/"


def test_without_script_the_box_searches(live_site, page_at):
    page = page_at(360, "en", java_script_enabled=False)
    page.goto("/en/")
    page.get_by_role("searchbox").fill("sirjan")
    with page.expect_navigation():
        page.get_by_role("searchbox").press("Enter")
    assert page.url.endswith("/en/search/?q=sirjan")
