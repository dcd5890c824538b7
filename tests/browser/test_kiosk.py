"""The screen at a city's gate: usable by touch and by everybody, quiet after a minute, and whole without its server."""

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from marketplace.core import web_server
from tests.browser.live import ROOT
from tests.services.server import Server

pytestmark = pytest.mark.browser

START = {"fa": "/kiosk/kerman/", "en": "/kiosk/kerman/en/"}
TOUCH = 48


class OwnWeb(Server):
    """A web server of the test's own over the live site's database: this one may be stopped."""

    name = "kiosk"

    def __init__(self, site) -> None:
        super().__init__()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = site.env | {"PORT": str(self.port), "PYTHONPATH": str(ROOT)}

    def start(self) -> None:
        self.spawn(web_server.command("127.0.0.1", self.port), self.env)
        self.wait_until(self.answers)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except urllib.error.URLError:
            return False


@pytest.fixture
def own_web(live_site):
    web = OwnWeb(live_site)
    try:
        web.start()
        yield web
    finally:
        web.stop()


def press(page, words: str) -> None:
    page.get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def pictures(page) -> list[bool]:
    """Whether each picture that is asked for has come."""
    return page.evaluate(
        "[...document.querySelectorAll('main img')].map((each) => each.complete && each.naturalWidth > 0)"
    )


def marked(page) -> int:
    """How many places stand on the map: marks of their own, and as many as each bundle of near ones says."""
    alone = page.locator(".map .map-mark").count()
    return alone + sum(int(number) for number in page.locator(".map .map-bundle").all_inner_texts())


def test_with_its_server_stopped_the_route_the_map_and_the_pages_still_open(own_web, page_at):
    page = page_at(1440, "en")
    page.goto(own_web.url + START["en"])
    page.locator("[data-kept]").wait_for(state="visible")
    own_web.stop()
    assert not own_web.answers()

    page.goto(own_web.url + START["en"])
    expect(page.locator("h1")).to_have_text("Welcome to Kerman")
    page.wait_for_function("[...document.querySelectorAll('main img')].every((each) => each.complete)")
    assert set(pictures(page)) == {True}

    press(page, "Map of Kerman")
    page.locator(".map .map-mark").first.wait_for()
    assert marked(page) == page.locator(".spot[data-lat]").count()
    expect(page.locator(".map path.map-province")).to_have_count(31)
    assert page.locator(".spot[data-lat]").count() > 10
    page.locator(".map .map-mark").first.press("Enter")
    expect(page.locator(".leaflet-popup h3")).to_be_visible()

    press(page, "Back to the start")
    press(page, "A sample day among the workshops of Kerman")
    expect(page.locator("li.stop")).to_have_count(8)
    expect(page.locator("svg.qr")).to_be_visible()
    page.locator(".map .map-mark").first.wait_for()
    assert marked(page) == 8

    press(page, "Back to the start")
    press(page, "city page Kerman")
    assert page.locator("article").inner_text().count("Kerman") > 3
    page.get_by_role("link", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    expect(page.locator("h1")).to_have_text("کرمان")


def test_after_a_quiet_minute_it_asks_and_then_returns_to_its_first_screen(live_site, page_at):
    page = page_at(1440, "en")
    page.clock.install()
    page.goto(START["en"] + "map/")
    page.clock.fast_forward(46_000)
    still = page.locator("dialog[data-still]")
    expect(still).to_be_visible()
    still.get_by_role("button").click()
    expect(still).to_be_hidden()
    page.clock.fast_forward(46_000)
    expect(still).to_be_visible()
    page.clock.fast_forward(16_000)
    page.wait_for_url(f"**{START['fa']}")


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_pictures_pass_by_unless_less_motion_is_wished(motion, moves, live_site, page_at):
    page = page_at(1440, "fa", reduced_motion=motion)
    page.clock.install()
    page.goto(START["fa"])
    shown = "[...document.querySelectorAll('.slides li')].findIndex((each) => each.hasAttribute('data-shown'))"
    assert page.evaluate(shown) == 0
    page.clock.fast_forward(9_000)
    assert page.evaluate(shown) == (1 if moves else 0)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("tail", ["", "map/"])
def test_every_target_is_large_and_the_screen_is_for_everybody(
    tail, lang, live_site, page_at, axe, nu_check, sideways_scroll
):
    page = page_at(1440, lang, reduced_motion="reduce")
    html = page.goto(START[lang] + tail).text()
    page.wait_for_load_state("networkidle")
    faults = [f"HTML: {error}" for error in nu_check(html)] + axe(page)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.btn, .kiosk-way, .map-mark, .leaflet-bar a')]"
        ".filter((each) => each.checkVisibility())"
        ".map((each) => [each.textContent.trim(), each.getBoundingClientRect()])"
        ".map(([words, box]) => [words, box.width, box.height])"
    )
    faults += [f"small: {size}" for size in sizes if min(size[1:]) < TOUCH]
    page.set_viewport_size({"width": 720, "height": 450})  # as 1440 × 900 enlarged to 200 %
    if wider := sideways_scroll(page):
        faults.append(f"{wider} px wider when enlarged")
    page.emulate_media(color_scheme="dark")
    assert faults + axe(page) == []
    assert len(sizes) > 3


def test_links_to_elsewhere_are_words_only(live_site, page_at):
    page = page_at(1440, "fa")
    page.goto(START["fa"])
    page.goto(page.locator("a.kiosk-way").last.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    addresses = page.evaluate("[...document.querySelectorAll('main a[href]')].map((each) => each.pathname)")
    assert [each for each in addresses if not each.startswith(START["fa"])] == []
