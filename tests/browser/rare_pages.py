"""Pages of things that the demo holds none of: made first, in `rare_things`, then walked like the others."""

import json

from playwright.sync_api import Browser, Page, Response

from tests.browser.live import LiveSite
from tests.browser.pages import Kind, Readers


def _pass_on(page: Page) -> Response | None:
    """The owner of a piece asks for the link that takes its title to somebody else; a look at the label comes before it."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("form[action$='/pass-on'] button").click()
    return navigation.value


def _ask_first(page: Page) -> Response | None:
    """What the cashier's page asks before the line counts as sent by the bank."""
    page.locator("[name=act][value=paid]").check()
    return _send(page)


def _send(page: Page) -> Response | None:
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main form .btn[type=submit], main form button.btn").first.click()
    return navigation.value


def _too_long_a_note(page: Page) -> Response | None:
    """Past what the browser holds back by itself."""
    page.locator("details.gift summary").first.click()
    note = page.locator("details.gift [name=note]").first
    note.evaluate("field => { field.removeAttribute('maxlength'); field.value = 'یادداشت '.repeat(60); }")
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("details.gift button").first.click()
    return navigation.value


GIFT_KINDS = [
    Kind("basket-gift-errors", "/basket/", "shopper", _too_long_a_note),
    Kind("desk-gift-wrap", "/desk/gift-wrap/", "maker"),
    Kind("desk-holiday", "/desk/holiday/", "maker"),
]
LABEL_KINDS = [
    Kind("verify-revoked", "/v/{label_revoked}"),
    Kind("verify-expired", "/v/{label_expired}"),
    Kind("verify-own", "/v/{label_own}", "buyer"),
    Kind("title-offered", "/v/title/{title}", "juror"),
    Kind("pass-on", "/v/{label_own}", "buyer", _pass_on),
]
SEAL_KINDS = [
    Kind("seal", "/desk/seals/{application}/", "maker"),
    Kind("officer-application", "/desk/officer/applications/{application}/", "officer"),
    Kind("officer-grant", "/desk/officer/grants/{grant}/", "officer"),
    Kind("jury-panel", "/desk/jury/{panel}/", "juror"),
]
SALE_KINDS = [
    Kind("sale-new", "/desk/orders/{sale_new}/", "maker"),
    Kind("sale-cancel", "/desk/orders/{sale_new}/cancel/", "maker"),
    Kind("sale-return", "/desk/orders/{sale_asked}/", "maker"),
    Kind("order-return", "/checkout/order/{order_asked}/", "buyer"),
    Kind("not-paid", "/checkout/done/{not_paid}/", "buyer"),
    Kind("order-return-refused", "/checkout/order/{order_refused}/", "buyer"),
]
MONEY_KINDS = [
    Kind("payout", "/desk/payouts/{payout}/", "cashier"),
    Kind("payout-line", "/desk/payouts/{payout}/{payout_line}/", "cashier"),
    Kind("payout-confirm", "/desk/payouts/{payout}/{payout_line}/", "cashier", _ask_first),
    Kind("payout-refund", "/desk/payouts/refund/{refund}/", "cashier"),
    Kind("payout-suspense", "/desk/payouts/payment/{held}/", "cashier"),
    Kind("officer-carrier", "/desk/officer/delivery/{carrier}/", "officer"),
    Kind("officer-tariff-new", "/desk/officer/delivery/{carrier}/rates/", "officer"),
]
RARE_KINDS = [*GIFT_KINDS, *LABEL_KINDS, *SEAL_KINDS, *SALE_KINDS, *MONEY_KINDS]


class RareReaders(Readers):
    """The same readers, once what the demo lacks is made."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        super().__init__(browser, site)
        told = site.manage("shell", "-c", "from tests.browser.rare_things import say; say()")
        self.names |= json.loads(told.strip().splitlines()[-1])
