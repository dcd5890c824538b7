"""Steps that several stories take, as a person takes them: by what is seen and pressed."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from marketplace.demo.accounts import Account
from tests.browser.live import LiveSite

#: How long the worker may take from the outbox to the search, in seconds.
WORKER_SECONDS = 20.0

RECEIVER = {
    "name": "مینا کرمانی",
    "mobile": "۰۹۱۳ ۱۱۱ ۰۰۰۲",
    "city": "سیرجان",
    "address": "خیابان امام، کوچهٔ ۳",
    "postal_code": "۷۸۱۴۶-۱۲۳۴۵",
}


def press(page: Page, button: Locator) -> None:
    """Press something that leads to another page, and wait for that page."""
    with page.expect_navigation(wait_until="load"):
        button.click()


def path_of(page: Page) -> str:
    """The path in the address bar."""
    return urlsplit(page.url).path


def sign_in(page: Page, account: Account, lang: str = "fa") -> None:
    """Through the sign-in page, by mail address."""
    page.goto("/sign-in/" if lang == "fa" else "/en/sign-in/")
    page.locator("[name=username]").fill(account.email)
    page.locator("[name=password]").fill(account.password)
    press(page, page.locator("main form button"))
    assert not path_of(page).endswith("/sign-in/")


def fill_address(page: Page, lang: str = "fa") -> None:
    """The page of address, with the digits of a Persian keyboard."""
    for name, text in RECEIVER.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=province]").select_option(label={"fa": "کرمان", "en": "Kerman"}[lang])
    press(page, page.locator("main form .btn"))


def go_to_gateway(page: Page, site: LiveSite) -> None:
    """From the page of a work, as a guest, to the payment page of the gateway."""
    press(page, page.locator(".offers form .btn").first)
    press(page, page.locator("main a.btn"))
    fill_address(page)
    page.locator("[name=terms]").check()
    press(page, page.locator("[data-test=pay]"))
    assert page.url.startswith(f"{site.gateway_url}/pg/StartPay/")


def pay(page: Page, site: LiveSite) -> str:
    """Press «pay» at the gateway; return the callback address that led back to the shop."""
    return _leave_gateway(page, site, "OK")


def cancel(page: Page, site: LiveSite) -> str:
    """Press «cancel» at the gateway; return the callback address that led back to the shop."""
    return _leave_gateway(page, site, "NOK")


def _leave_gateway(page: Page, site: LiveSite, status: str) -> str:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if "Authority=" in request.url else None)
    press(page, page.locator(f"button[value={status}]"))
    assert page.url.startswith(site.url)
    return seen[0]


def workshop_offers(site: LiveSite, *, city: str, least: int = 1) -> Iterator[tuple[int, int, int]]:
    """(offer, work, pieces left) of unwithdrawn workshop offers in a city with so many pieces left at least."""
    yield from site.sql(
        "SELECT s.id, s.product_id, s.num_in_stock - COALESCE(s.num_allocated, 0) AS free FROM partner_stockrecord s "
        "JOIN catalogue_product p ON p.id = s.product_id JOIN places_city c ON c.id = p.city_id "
        "WHERE s.withdrawn_at IS NULL AND s.venue_id IS NULL AND c.slug = ? AND free >= ? ORDER BY s.id",
        city,
        least,
    )


def left(site: LiveSite, offer: int) -> int:
    """Pieces of an offer that can still be bought, asked from outside."""
    return site.sql("SELECT num_in_stock - COALESCE(num_allocated, 0) FROM partner_stockrecord WHERE id = ?", offer)[0][
        0
    ]


def count(site: LiveSite, table: str) -> int:
    """Rows of a table, counted from outside."""
    return site.sql(f"SELECT COUNT(*) FROM {table}")[0][0]


def eventually(happens: Callable[[], bool], seconds: float = WORKER_SECONDS) -> bool:
    """Whether something happens in time; looked at twice a second."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.5)
    return False
