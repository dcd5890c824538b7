"""Marks of a map that would lie upon each other stand as one with their number; it opens by keyboard, and the list stays whole."""

import pytest

pytestmark = pytest.mark.browser

MAP = {"fa": "/city/kerman/map/", "en": "/en/city/kerman/map/"}
MARK, BUNDLE = ".map-mark", ".map-bundle"
APART = """() => {
  const boxes = [...document.querySelectorAll(".map-mark, .map-bundle")].map((each) => each.getBoundingClientRect());
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const apart = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
  return boxes.every((one, n) => boxes.slice(n + 1).every((other) => apart(middle(one), middle(other)) > 25));
}"""


def shown(page) -> int:
    """Places that the map stands for: single marks, and those that bundles count."""
    digits = page.evaluate(
        "[...document.querySelectorAll('.map-bundle')].map((each) => each.getAttribute('aria-label').split(/، |, /).length)"
    )
    return page.locator(MARK).count() + sum(digits)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_far_away_marks_are_bundled_and_a_key_parts_them(lang, live_site, page_at, axe):
    page = page_at(360, lang)
    page.goto(MAP[lang])
    page.locator(f"{MARK}, {BUNDLE}").first.wait_for()
    entries = page.locator("[data-lat]:not([data-map])").count()
    for _step in range(4):
        page.locator(".leaflet-control-zoom-out").click()
        page.wait_for_timeout(400)
    assert (page.locator(MARK).count(), page.locator(BUNDLE).count()) == (0, 1)
    assert (shown(page), page.locator("[data-lat]:not([data-map])").count()) == (entries, entries)
    bundle = page.locator(BUNDLE)
    assert (bundle.get_attribute("role"), bundle.get_attribute("tabindex")) == ("button", "0")
    assert axe(page) == []
    bundle.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert page.locator(f"{MARK}, {BUNDLE}").count() > 1
    assert (shown(page), page.evaluate(APART)) == (entries, True)
    held = page.evaluate("document.activeElement.className")
    assert "map-mark" in held or "map-bundle" in held
    for entry in page.locator("[data-lat]:not([data-map])").all():
        assert entry.is_visible()
