"""Chromium, the live site and the checkers, for tests/journeys and tests/browser (loaded by tests/conftest.py)."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from tests.browser.live import ROOT, LiveSite
from tests.browser.nu import NPM_PARTS, NuChecker

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
HEIGHTS = {360: 740, 1440: 900}
LOCALES = {"fa": "fa-IR", "en": "en-GB"}
SHOTS = ROOT / "var" / "screenshots"
LOOPBACK = {"127.0.0.1", "localhost"}

# Colours on their way from light to dark are neither: on a busy machine even a transition of no length takes a frame.
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const ending = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map((each) => each.finished));
  await frame();
}"""
FAILED = pytest.StashKey[bool]()
PageAt = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: Playwright's own is not downloaded."""
    # Playwright keeps an event loop in this thread; without this Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_site() -> Iterator[LiveSite]:
    """The running market with a demo of 60 works. Its end is a Ctrl-C that must leave no process behind."""
    site = LiveSite()
    try:
        site.start()
        yield site
        assert site.interrupt() == []
    finally:
        site.stop()


class Watch:
    """What no page of ours may do: reach another host, break its own content policy, or throw."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.route("**/*", self._let_through)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("console", lambda message: self._hear(message.text))

    def _let_through(self, route: Route, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname not in LOOPBACK:
            self.complaints.append(f"another host: {request.url}")
            route.abort()
        else:
            route.fallback()

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.complaints.append(text)


@pytest.fixture
def watch() -> Watch:
    """The complaints about the pages of this test; a test that provokes one clears the list."""
    return Watch()


@pytest.fixture
def page_at(chromium: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[PageAt]:
    """Make a page `page_at(width=360, lang="fa", dark=False)` with an empty cache and no cookies.

    With `live_site` in the test, addresses are relative to it. Every page is watched, and one that failed its test is
    photographed into var/screenshots/.
    """
    base = request.getfixturevalue("live_site").url if "live_site" in request.fixturenames else None
    contexts: list[BrowserContext] = []

    def make(width: int = 360, lang: str = "fa", dark: bool = False, **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            locale=LOCALES[lang],
            timezone_id="Asia/Tehran",
            color_scheme="dark" if dark else "light",
            base_url=base,
            **{"device_scale_factor": 1} | options,
        )
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield make
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            shoot_page(page, f"failed-{request.node.name}-{number}")
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    """Photograph a whole page: `shoot(page, "home-fa-360")` → var/screenshots/home-fa-360.png."""
    return shoot_page


def shoot_page(page: Page, name: str) -> Path:
    """Save the whole page under a name made safe for a file."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{re.sub(r'[^A-Za-z0-9-]+', '-', name)}.png"
    page.screenshot(path=path, full_page=True)
    return path


@pytest.fixture(scope="session")
def nu_checker() -> Iterator[NuChecker]:
    """The HTML checker's server."""
    checker = NuChecker()
    try:
        checker.start()
        yield checker
    finally:
        checker.stop()


@pytest.fixture
def nu_check(nu_checker: NuChecker) -> Callable[[str], list[str]]:
    """`nu_check(html_or_address) == []` when the HTML is right."""
    return nu_checker.errors


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility checker's script."""
    return (NPM_PARTS / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """`axe(page) == []` when the page as shown has no serious or critical violation."""

    def check(page: Page) -> list[str]:
        page.evaluate(SETTLED)
        page.evaluate(axe_source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']} at {_places(violation)}"
            for violation in found
            if violation["impact"] in {"serious", "critical"}
        ]

    return check


def _places(violation: dict) -> str:
    return "; ".join(f"{' '.join(map(str, node['target']))} [{_why(node)}]" for node in violation["nodes"][:5])


def _why(node: dict) -> str:
    return " ".join(check["message"] for check in (node["any"] + node["all"] + node["none"])[:1])


@pytest.fixture
def first_view_bytes() -> Callable[[Page, str], int]:
    """`first_view_bytes(page, address)`: bytes over the wire, compressed and with headers, until the network is idle.

    Pictures loaded lazily below the fold are not asked for, hence not counted.
    """

    def weigh(page: Page, address: str) -> int:
        session = page.context.new_cdp_session(page)
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        return int(sum(sizes))

    return weigh


@pytest.fixture
def sideways_scroll() -> Callable[[Page], int]:
    """How many pixels a page is wider than its window; 0 for a page that fits."""
    return lambda page: page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
