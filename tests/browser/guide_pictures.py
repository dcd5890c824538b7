"""Takes the pictures of the guides anew: `make guide-pictures` starts a demo of its own and photographs its desks.

Each picture is a screen of the demo in each language, written as WebP of at most MOST_BYTES into static/guide/.
"""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.fixtures import CHROMIUM, FLAGS, LOCALES
from tests.browser.live import ROOT, LiveSite
from tests.browser.pages import BOUND_VENUE, PREFIX
from tests.browser.rare_pages import RareReaders

FOLDER = ROOT / "static" / "guide"
MOST_BYTES = 60_000
#: Width and height in CSS pixels, and dots to each of them.
PHONE, DESK = (360, 640, 2), (900, 620, 1.5)
_VENUE = f"/desk/venues/{BOUND_VENUE}"


def _words_of_another_work(page: Page) -> None:
    """A draft with the words of a listed work and its picture, as a maker sees it who has typed for a while."""
    picture = page.locator("main img").first.get_attribute("src") or ""
    body = page.request.get(picture).body()
    with page.expect_navigation(wait_until="load"):
        page.locator("form[action$='/copy/'] button").click()
    image = io.BytesIO()
    Image.open(io.BytesIO(body)).convert("RGB").save(image, "JPEG")
    page.locator("[name=photos]").set_input_files(
        {"name": "work.jpg", "mimeType": "image/jpeg", "buffer": image.getvalue()}
    )
    page.locator(".studio-pictures img").first.wait_for(timeout=30_000)
    page.wait_for_load_state("networkidle")


@dataclass(frozen=True)
class Shot:
    """A picture's name, who looks at which address, and where on the page: at its top, or at what `at` names."""

    name: str
    reader: str
    address: str
    at: str = "main h1"
    size: tuple[int, int, float] = PHONE
    act: Callable[[Page], None] | None = None


SHOTS = (
    Shot("maker-code", "guest", "/sign-in/code/"),
    Shot("maker-studio", "maker", "/desk/works/{own}/", act=_words_of_another_work),
    Shot("maker-work", "maker", "/desk/works/{own}/"),
    Shot("maker-sale", "maker", "/desk/orders/{sale_asked}/"),
    Shot("maker-statement", "maker", "/desk/statement/"),
    Shot("maker-holiday", "maker", "/desk/holiday/"),
    Shot("manager-today", "manager", "/desk/venues/", at="#today"),
    Shot("manager-plan", "manager", f"{_VENUE}/stalls/"),
    Shot("manager-lease", "manager", "/desk/leases/{lease}/"),
    Shot("manager-round", "manager", f"{_VENUE}/rounds/stalls/{{walked}}/"),
    Shot("manager-measure", "manager", "/desk/measures/{warning}/"),
    Shot("manager-report", "manager", f"{_VENUE}/report/"),
    Shot("exporter-consignment", "exporter", "/desk/export/{exp_collecting}/", size=DESK),
    Shot("exporter-cartons", "exporter", "/desk/export/{exp_packed}/cartons/", size=DESK),
    Shot("exporter-check", "exporter", "/desk/export/{exp_packed}/check/", size=DESK),
    Shot("exporter-papers", "exporter", "/desk/export/{exp_packed}/papers/", size=DESK),
)


def take(*wanted: str) -> None:
    """Every picture, or those whose names are given."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    FOLDER.mkdir(exist_ok=True)
    site = LiveSite()
    try:
        site.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            readers = RareReaders(browser, site)
            for shot in SHOTS:
                for language in ("fa", "en") if not wanted or shot.name in wanted else ():
                    body = _taken(browser, site, readers, shot, language)
                    (FOLDER / f"{shot.name}-{language}.webp").write_bytes(body)
                    print(f"{shot.name}-{language}: {len(body)} bytes")
            browser.close()
    finally:
        site.stop()


def _taken(browser, site: LiveSite, readers: RareReaders, shot: Shot, language: str) -> bytes:
    width, height, dots = shot.size
    context = browser.new_context(
        base_url=site.url,
        locale=LOCALES[language],
        timezone_id="Asia/Tehran",
        viewport={"width": width, "height": height},
        device_scale_factor=dots,
        reduced_motion="reduce",
        storage_state=readers.states[shot.reader],
    )
    try:
        page = context.new_page()
        answer = page.goto(PREFIX[language] + shot.address.format(**readers.names))
        assert answer is not None, shot.name
        assert answer.status == 200, (shot.name, answer.status)
        if shot.act:
            shot.act(page)
        page.wait_for_load_state("networkidle")
        page.locator(shot.at).first.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top + scrollY - 16)")
        return _small(page.screenshot())
    finally:
        context.close()


def _small(png: bytes) -> bytes:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (80, 70, 60, 50, 40, 30):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError(f"a picture of {out.tell()} bytes is too large at any quality")
