"""Every kind of page of the market, and how a reader comes to it."""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PIL import Image
from playwright.sync_api import Browser, Page, Response

from marketplace.demo.accounts import (
    ARTISAN,
    BUYER,
    CASHIER,
    EXPORTER,
    JURORS,
    MANAGER,
    NEWCOMER,
    OFFICER,
    RAVAR_SECRETARY,
)
from tests.browser.fixtures import LOCALES
from tests.browser.live import LiveSite
from tests.journeys.steps import fill_address, go_to_gateway, path_of, pay, press, sign_in, workshop_offers

PREFIX = {"fa": "", "en": "/en"}
BOUND_VENUE = "qaleh-mahmoud-bazaar"


@dataclass(frozen=True)
class Kind:
    """A kind of page: who reads it, its address below the language, and what is done there before it is looked at."""

    name: str
    address: str
    reader: str = "guest"
    act: Callable[[Page], Response | None] | None = None


def _send(page: Page) -> Response | None:
    """Send the page's form as it stands: what the page says to a form with nothing in it."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main form .btn[type=submit], main form button.btn").first.click()
    return navigation.value


def _empty_places(page: Page) -> Response | None:
    page.locator("[name=places]").fill("")
    return _send(page)


def _half_a_row(page: Page) -> Response | None:
    page.locator("[name$='-weekday']").last.select_option("4")
    return _send(page)


def _list_nothing(page: Page) -> Response | None:
    """List a draft in which nothing is written."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("#studio button[value=list]").click()
    return navigation.value


def _crop_a_picture(page: Page) -> Response | None:
    """Send a picture to a new draft and open the page on which it is cropped."""
    body = io.BytesIO()
    Image.new("RGB", (640, 480), "#8c2f2b").save(body, "PNG")
    picture = {"name": "kilim.png", "mimeType": "image/png", "buffer": body.getvalue()}
    page.locator("[name=photos]").set_input_files(picture)
    with page.expect_navigation(url="**/pictures/**", wait_until="load") as navigation:
        page.locator(".studio-pictures button[value^=crop]").click()
    return navigation.value


def _wrong_password(page: Page) -> Response | None:
    page.locator("[name=username]").fill("buyer@example.org")
    page.locator("[name=password]").fill("not-the-password")
    return _send(page)


def _ask_for_a_code(page: Page) -> Response | None:
    """The page that waits for a code."""
    page.locator("[name=contact]").fill("nobody@example.org")
    return _send(page)


#: A mobile is sent few codes an hour.
_MOBILES = itertools.count(3456700)


def _ask_for_a_code_to_sign_in(page: Page) -> Response | None:
    """The page that waits for a code from a mobile."""
    page.locator("[name=mobile]").fill(f"0912{next(_MOBILES)}")
    return _send(page)


def _wrong_code(page: Page) -> Response | None:
    """What that page says to a code that was not sent."""
    _ask_for_a_code_to_sign_in(page)
    page.locator("[name=code]").fill("000000")
    return _send(page)


def _another_country(page: Page) -> Response | None:
    """What the edit of a work says before an origin changes."""
    page.locator("[name=origin_country]").select_option("TR")
    return _send(page)


def _foreign_and_iranian(page: Page) -> Response | None:
    """A refusal: from abroad, and called Iranian."""
    page.locator("[name=title_fa]").fill("گلیم ساخت ایران")
    return _another_country(page)


def _no_code(page: Page) -> Response | None:
    """Another HS code, and none typed."""
    page.locator("[name=choice][value=other]").check()
    return _send(page)


def _keep_a_work(page: Page) -> Response | None:
    """Keep the first work of the search, then look at what is kept."""
    kept = page.url
    page.goto(kept.replace("/account/lists/", "/search/"))
    page.goto(page.locator("main article.work a").first.get_attribute("href") or "")
    if page.locator(".keep button").count():
        page.locator(".keep button").click()
        page.wait_for_load_state()
    return page.goto(kept)


def _decide_nothing(page: Page) -> Response | None:
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator(".deciding button.btn").click()
    return navigation.value


def _end_no_term(page: Page) -> Response | None:
    """A term ended without a day and a reason."""
    page.locator("main details summary").first.click()
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main details form button").first.click()
    return navigation.value


def _end_no_visit(page: Page) -> Response | None:
    """A checklist said to be done with nothing answered."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main button[name=done]").click()
    return navigation.value


def _warn_of_nothing(page: Page) -> Response | None:
    """A warning that does not say what must be mended."""
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main form[action$='/warn/'] button").click()
    return navigation.value


def _return_no_step(page: Page) -> Response | None:
    """A joining returned without a reason."""
    page.locator("main form[action*='/return/']").locator("xpath=..").locator("summary").click()
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main form[action*='/return/'] button").click()
    return navigation.value


def _do_nothing_to_a_maker(page: Page) -> Response | None:
    """A maker's state moved without an act and a reason."""
    page.locator("main form[action$='/state/']").locator("xpath=..").locator("summary").click()
    with page.expect_navigation(wait_until="load") as navigation:
        page.locator("main form[action$='/state/'] button").click()
    return navigation.value


#: Kinds of matters of which the demo holds one.
MATTERS = (
    *("origin", "import_permit", "production_licence", "venue_licence", "appeal", "suspicion"),
    *("doubt", "copied_label", "joining"),
)

KINDS = [
    Kind("home", "/"),
    Kind("cities", "/cities/"),
    Kind("city", "/city/sirjan/"),
    Kind("city-map", "/city/kerman/map/"),
    Kind("city-map-empty", "/city/meybod/map/"),
    Kind("route", "/city/kerman/route-sample-day/"),
    Kind("crafts", "/crafts/"),
    Kind("craft-group", "{group}"),
    Kind("craft", "{craft}"),
    Kind("venues", "/venues/"),
    Kind("venue", f"/venue/{BOUND_VENUE}/"),
    Kind("makers", "/makers/"),
    Kind("maker", "{maker}"),
    Kind("work", "{work}"),
    Kind("search", "/search/?q=گلیم"),
    Kind("search-facets", "/search/?province=kerman&ready=yes"),
    Kind("search-empty", "/search/?q=زیردریایی"),
    Kind("basket-empty", "/basket/"),
    Kind("basket-full", "/basket/", "shopper"),
    Kind("address-errors", "/checkout/", "shopper", _send),
    Kind("pay", "/checkout/pay/", "ready"),
    Kind("done", "/checkout/done/{number}/", "ordered"),
    Kind("order", "/checkout/order/{number}/", "ordered"),
    Kind("find-order", "/checkout/order/"),
    Kind("sign-in", "/sign-in/"),
    Kind("sign-in-errors", "/sign-in/", "guest", _wrong_password),
    Kind("code", "/sign-in/code/"),
    Kind("code-errors", "/sign-in/code/", "guest", _send),
    Kind("code-enter", "/sign-in/code/", "guest", _ask_for_a_code_to_sign_in),
    Kind("code-enter-errors", "/sign-in/code/", "guest", _wrong_code),
    Kind("forgotten", "/sign-in/forgotten/"),
    Kind("forgotten-errors", "/sign-in/forgotten/", "guest", _send),
    Kind("new-password", "/sign-in/forgotten/", "guest", _ask_for_a_code),
    Kind("sign-up", "/sign-up/"),
    Kind("about", "/about/"),
    Kind("help", "/help/"),
    Kind("guides", "/guide/"),
    *(Kind(f"guide-{who}", f"/guide/{who}/") for who in ("maker", "bazaar-manager", "exporter")),
    Kind("sending-abroad", "/sending-abroad/"),
    Kind("terms", "/terms/"),
    Kind("not-found", "/nowhere/"),
    Kind("desk", "/desk/", "maker"),
    Kind("desk-work-new", "/desk/works/new/", "maker"),
    Kind("desk-work-errors", "/desk/works/new/", "maker", _list_nothing),
    Kind("desk-draft-crop", "/desk/works/new/", "maker", _crop_a_picture),
    Kind("desk-work", "/desk/works/{own}/", "maker"),
    Kind("desk-hs-code", "/desk/works/{own}/hs-code/", "maker"),
    Kind("desk-hs-code-errors", "/desk/works/{own}/hs-code/", "maker", _no_code),
    Kind("desk-orders", "/desk/orders/", "maker"),
    Kind("desk-venue", "/desk/venues/", "manager"),
    Kind("desk-venue-licence", f"/desk/venues/{BOUND_VENUE}/licence/", "manager"),
    Kind("desk-work-edit", "/desk/works/{own}/edit/", "maker"),
    Kind("desk-work-consequences", "/desk/works/{own}/edit/", "maker", _another_country),
    Kind("desk-refused", "/desk/works/{own}/edit/", "maker", _foreign_and_iranian),
    Kind("desk-refusals", "/desk/refusals/", "maker"),
    Kind("desk-licence-errors", "/desk/licences/new/", "maker", _send),
    Kind("desk-origin", "/desk/works/{own}/origin/", "maker"),
    Kind("desk-matters", "/desk/matters/", "maker"),
    Kind("desk-notices", "/desk/notices/", "maker"),
    Kind("become", "/desk/", "buyer"),
    Kind("become-errors", "/desk/", "buyer", _send),
    Kind("join", "/desk/join/", "newcomer"),
    Kind("join-errors", "/desk/join/", "newcomer", _send),
    *(Kind(f"join-{step}", f"/desk/join/{step}/", "newcomer") for step in ("identity", "workshop", "account")),
    Kind("join-pictures", "/desk/join/pictures/", "newcomer"),
    Kind("join-identity-errors", "/desk/join/identity/", "newcomer", _send),
    Kind("officer-maker-state-errors", "/desk/officer{maker_of_appeal}", "officer", _do_nothing_to_a_maker),
    Kind("officer-joining-errors", "/desk/officer/{joining}/", "officer", _return_no_step),
    Kind("kept-empty", "/account/lists/", "manager"),
    Kind("kept", "/account/lists/", "maker", _keep_a_work),
]


OFFICERS_KINDS = [
    Kind("officer", "/desk/officer/", "officer"),
    Kind("officer-decided", "/desk/officer/?state=decided", "officer"),
    Kind("officer-empty", "/desk/officer/?maker=nobody-of-this-name", "officer"),
    *(Kind(f"officer-{kind}", f"/desk/officer/{{{kind}}}/", "officer") for kind in MATTERS),
    Kind("officer-decide-errors", "/desk/officer/{origin}/", "officer", _decide_nothing),
    Kind("officer-together", "/desk/officer/together/?act=decide&m={origin}", "officer"),
    Kind("officer-several-kinds", "/desk/officer/together/?act=decide&m={origin}&m={import_permit}", "officer"),
    Kind("officer-assign", "/desk/officer/together/?act=assign&m={origin}&m={import_permit}", "officer"),
    Kind("officer-venues", "/desk/officer/venues/", "officer"),
    Kind("officer-venue", f"/desk/officer/venues/{BOUND_VENUE}/", "officer"),
    Kind("officer-venue-errors", f"/desk/officer/venues/{BOUND_VENUE}/", "officer", _send),
    Kind("officer-origin", "/desk/officer/origins/{doubted}/", "officer"),
    Kind("officer-hs-code", "/desk/officer/hs-codes/{doubted}/", "officer"),
    Kind("officer-maker", "/desk/officer{maker_of_appeal}", "officer"),
]
AUTHENTICITY_KINDS = [
    Kind("verify-ask", "/v/"),
    *(Kind(f"verify-{nth}", f"/v/{{label_{nth}}}") for nth in ("valid", "new", "suspended", "void")),
    Kind("verify-unknown", "/v/7K7K-7K7K-7K7K-7K7K-7K7K-7K7K-7K"),
    Kind("verify-doubt", "/v/{label_valid}/doubt"),
    Kind("logs", "/log/"),
    Kind("log", "/log/{log}/"),
    Kind("seals", "/desk/seals/", "maker"),
    Kind("seal-new", "/desk/seals/new/", "maker"),
    Kind("labels", "/desk/labels/", "maker"),
    Kind("labels-new", "/desk/labels/new/", "maker"),
    Kind("label-sheet", "/desk/labels/{sheet}/", "maker"),
    Kind("jury", "/desk/jury/", "juror"),
    Kind("officer-passports", "/desk/officer/passports/", "officer"),
    Kind("officer-passport", "/desk/officer/passports/{passport}/", "officer"),
]
BUYING_KINDS = [
    Kind("cancel-pieces", "/checkout/order/{number}/{ordered_part}/cancel/", "ordered"),
    Kind("arrived", "/checkout/order/{bought}/", "buyer"),
    Kind("give-back", "/checkout/order/{bought}/{part}/return/", "buyer"),
    Kind("give-back-errors", "/checkout/order/{bought}/{part}/return/", "buyer", _send),
    Kind("room", "/account/", "buyer"),
    Kind("room-empty", "/account/", "juror"),
    Kind("room-visits", "/account/visits/", "buyer"),
    Kind("room-visits-empty", "/account/visits/?which=past", "juror"),
    Kind("addresses", "/account/addresses/", "buyer"),
    Kind("address-new", "/account/addresses/new/", "buyer"),
    Kind("lists", "/account/lists/", "buyer"),
    Kind("searches", "/account/searches/", "buyer"),
    Kind("search-new", "/account/searches/new/?q=گلیم&city=sirjan", "buyer"),
    Kind("talks", "/account/messages/", "buyer"),
    Kind("talk", "/account/orders/{bought}/{part}/messages/", "buyer"),
    Kind("reviews", "/account/reviews/", "buyer"),
    Kind("review-new", "/account/reviews/new/{line}/", "buyer"),
    Kind("settings", "/account/settings/", "buyer"),
    Kind("settings-notices", "/account/settings/notices/", "buyer"),
    Kind("data", "/account/data/", "buyer"),
    Kind("seen", "/seen/", "ordered"),
    Kind("order-explained", "/search/order/"),
    Kind("sale", "/desk/orders/{sale}/", "maker"),
    Kind("sale-talk", "/desk/orders/{sale}/messages/", "maker"),
    Kind("desk-reviews", "/desk/reviews/", "maker"),
    Kind("statement", "/desk/statement/", "maker"),
    Kind("statement-account", "/desk/statement/account/", "maker"),
    Kind("payouts", "/desk/payouts/", "cashier"),
    Kind("officer-delivery", "/desk/officer/delivery/", "officer"),
    Kind("officer-carrier-new", "/desk/officer/carriers/new/", "officer"),
    Kind("officer-terms", "/desk/officer/terms/", "officer"),
    Kind("officer-reviews", "/desk/officer/reviews/", "officer"),
]
#: Pages of the tree: one of each type that readers see.
CITY_KINDS = [
    Kind("city-in-full", "/city/kerman/"),
    Kind("city-invited", "/city/qasemabad/"),
    Kind("city-article", "/city/kerman/what-the-minutes-ask/"),
    Kind("city-call", "/city/kerman/demo-call/"),
    Kind("city-story", "/city/kerman/demo-story/"),
    Kind("city-visit", "/city/sirjan/demo-visit-kilim/"),
    Kind("visit-session", "/visit/session/{priced_session}/"),
    Kind("visit-session-errors", "/visit/session/{priced_session}/", "guest", _send),
    Kind("visit-booking", "/visit/booking/{booking}/", "visitor"),
    Kind("visit-find", "/visit/booking/"),
    Kind("desk-visits", "/desk/visits/", "maker"),
    Kind("desk-visit", "/desk/visits/{priced_session}/", "maker"),
    Kind("desk-visit-cancel-errors", "/desk/visits/{priced_session}/cancel/", "maker", _send),
    Kind("desk-visit-change-errors", "/desk/visits/{priced_session}/change/", "maker", _empty_places),
    Kind("desk-visit-plan", "/desk/visits/plan/{visit}/", "maker"),
    Kind("desk-visit-plan-errors", "/desk/visits/plan/{visit}/", "maker", _half_a_row),
    Kind("desk-visit-date-errors", "/desk/visits/plan/{visit}/date/", "maker", _send),
    Kind("city-form", "/city/kerman/propose-a-master/"),
    Kind("city-form-errors", "/city/kerman/propose-a-master/", "guest", _send),
    Kind("city-events", "/city/sirjan/events/"),
    Kind("city-events-empty", "/city/meybod/events/"),
    Kind("city-event", "/city/ravar/demo-open-loom-day/"),
    Kind("city-course", "/city/sirjan/demo-kilim-course/"),
    Kind("city-report", "/city/ravar/reports/yearly/1405/1/"),
    Kind("visit-find-errors", "/visit/booking/", "guest", _send),
    Kind("tree-craft", "/kilim-weaving/"),
    Kind("tree-bazaar", "/qaleh-mahmoud/"),
    Kind("tree-plain", "/secretariats/"),
]
SECRETARIAT_KINDS = [
    Kind("secretariats", "/desk/secretariat/", "secretary"),
    Kind("secretariat", "/desk/secretariat/ravar/", "secretary"),
    Kind("secretariat-report", "/desk/secretariat/ravar/{report}/", "secretary"),
    Kind("officer-secretariats", "/desk/officer/secretariats/", "officer"),
    Kind("officer-secretariat", "/desk/officer/secretariats/ravar/", "officer"),
    Kind("officer-secretariat-errors", "/desk/officer/secretariats/ravar/", "officer", _end_no_term),
]
STALL_KINDS = [
    Kind("stalls", "/desk/venues/qaleh-mahmoud-bazaar/stalls/", "manager"),
    Kind("stall-new-errors", "/desk/venues/qaleh-mahmoud-bazaar/stalls/new/", "manager", _send),
    Kind("stall", "/desk/venues/qaleh-mahmoud-bazaar/stalls/{stall}/", "manager"),
    Kind(
        "stall-let-errors",
        "/desk/venues/qaleh-mahmoud-bazaar/stalls/{stall}/let/?tenant=artisan@example.org",
        "manager",
        _send,
    ),
    Kind("lease", "/desk/leases/{lease}/", "manager"),
    Kind("lease-end", "/desk/leases/{lease}/end/", "manager"),
    Kind("my-stalls", "/desk/my-stalls/", "maker"),
]
EXPORT_KINDS = [
    Kind("consignments", "/desk/export/", "exporter"),
    Kind("exporter-errors", "/desk/export/me/", "juror", _send),
    Kind("cartons", "/desk/export/cartons/", "exporter"),
    Kind("consignment-new-errors", "/desk/export/new/", "exporter", _send),
    Kind("consignment-draft", "/desk/export/{exp_draft}/", "exporter"),
    Kind("consignment-offered", "/desk/export/{exp_offered}/", "exporter"),
    Kind("consignment-collecting", "/desk/export/{exp_collecting}/", "exporter"),
    Kind("consignment-add-errors", "/desk/export/{exp_draft}/lines/new/", "exporter", _send),
    Kind("consignment-line", "/desk/export/{exp_draft}/lines/{exp_line}/", "exporter"),
    Kind("consignment-cancel-errors", "/desk/export/{exp_draft}/cancel/", "exporter", _send),
    Kind("consignment-payment-errors", "/desk/export/{exp_offered}/payment/", "exporter", _send),
    Kind("consignment-packed", "/desk/export/{exp_packed}/", "exporter"),
    Kind("consignment-packing", "/desk/export/{exp_packed}/cartons/", "exporter"),
    Kind("consignment-packing-open", "/desk/export/{exp_collecting}/cartons/", "exporter"),
    Kind("consignment-packing-errors", "/desk/export/{exp_collecting}/cartons/", "exporter", _send),
    Kind("consignment-check", "/desk/export/{exp_packed}/check/", "exporter"),
    Kind("consignment-dispatch-errors", "/desk/export/{exp_packed}/dispatch/", "exporter", _send),
    Kind("consignment-papers", "/desk/export/{exp_packed}/papers/", "exporter"),
    Kind("consignment-papers-draft", "/desk/export/{exp_draft}/papers/", "exporter"),
    Kind("collections", "/desk/collections/", "maker"),
    Kind("proforma", "/proforma/{proforma}/"),
    Kind("proforma-errors", "/proforma/{proforma}/", "guest", _send),
]
ROUND_KINDS = [
    Kind("stalls-empty", "/desk/venues/qaleh-mahmoud-bazaar/stalls/?only=free", "manager"),
    Kind("venue-report", "/desk/venues/qaleh-mahmoud-bazaar/report/", "manager"),
    Kind("rounds", "/desk/venues/qaleh-mahmoud-bazaar/rounds/", "manager"),
    Kind("round-stall", "/desk/venues/qaleh-mahmoud-bazaar/rounds/stalls/{walked}/", "manager"),
    Kind("round-stall-errors", "/desk/venues/qaleh-mahmoud-bazaar/rounds/stalls/{unwalked}/", "manager", _end_no_visit),
    Kind("lease-measures", "/desk/leases/{warned}/measures/", "manager"),
    Kind("lease-measures-errors", "/desk/leases/{warned}/measures/", "manager", _send),
    Kind("finding-errors", "/desk/findings/{finding}/", "manager", _warn_of_nothing),
    Kind("measure", "/desk/measures/{warning}/", "manager"),
    Kind("measure-appeal-errors", "/desk/measures/{warning}/", "maker", _send),
    Kind("measure-closure", "/desk/measures/{closure}/", "manager"),
]
KINDS += [
    *CITY_KINDS,
    *ROUND_KINDS,
    *EXPORT_KINDS,
    *SECRETARIAT_KINDS,
    *STALL_KINDS,
    *OFFICERS_KINDS,
    *AUTHENTICITY_KINDS,
    *BUYING_KINDS,
]


class Readers:
    """The cookies of each reader, and the addresses of the things they look at; made once for all pages."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self.browser, self.site = browser, site
        self.names = self._addresses()
        self.states: dict[str, dict | None] = {"guest": None}
        self.states["shopper"] = self._after(self._fill_basket)
        self.states["ready"] = self._after(self._give_address)
        self.states["ordered"] = self._after(self._order)
        self.states["maker"] = self._after(lambda page: sign_in(page, ARTISAN))
        self.states["newcomer"] = self._after(lambda page: sign_in(page, NEWCOMER))
        self.states["officer"] = self._after(lambda page: sign_in(page, OFFICER))
        self.states["manager"] = self._after(lambda page: sign_in(page, MANAGER))
        self.states["exporter"] = self._after(lambda page: sign_in(page, EXPORTER))
        self.states["juror"] = self._after(lambda page: sign_in(page, JURORS[0]))
        self.states["cashier"] = self._after(lambda page: sign_in(page, CASHIER))
        self.states["secretary"] = self._after(lambda page: sign_in(page, RAVAR_SECRETARY))
        self.states["buyer"] = self._after(self._buy)
        self.states["visitor"] = self._after(self._book)

    def address(self, kind: Kind, lang: str) -> str:
        """The path of a page in a language."""
        return PREFIX[lang] + kind.address.format(**self.names)

    def _after(self, steps: Callable[[Page], object]) -> dict:
        context = self.browser.new_context(base_url=self.site.url, locale=LOCALES["fa"])
        try:
            steps(context.new_page())
            return context.storage_state()
        finally:
            context.close()

    def _addresses(self) -> dict[str, str]:
        self.offers = list(workshop_offers(self.site, city="sirjan", least=2))
        work = self.offers[0][1]
        ((slug, craft, group, maker),) = self.site.sql(
            "SELECT p.slug, c.slug, g.slug, m.slug FROM catalogue_product p JOIN crafts_craft c ON c.id = p.craft_id "
            "JOIN crafts_craftgroup g ON g.id = c.group_id JOIN makers_maker m ON m.id = p.maker_id WHERE p.id = ?",
            work,
        )
        ((own,),) = self.site.sql(
            "SELECT MIN(p.id) FROM catalogue_product p JOIN makers_maker m ON m.id = p.maker_id "
            "JOIN core_user u ON u.id = m.owner_id WHERE u.username = ?",
            ARTISAN.username,
        )
        ((report,),) = self.site.sql("SELECT MIN(id) FROM secretariats_report")
        return {
            "report": str(report),
            "work": f"/work/{work}/{slug}/",
            "craft": f"/craft/{craft}/",
            "group": f"/crafts/{group}/",
            "maker": f"/maker/{maker}/",
            "own": str(own),
            **self._matters(),
            **self._labels(),
            "priced_session": self._session("> 0"),
            "visit": self._visit(),
            **self._stalls(),
            **self._rounds(),
            **self._consignments(),
        }

    def _stalls(self) -> dict[str, str]:
        """A stall that nobody holds, and the lease with most rent unpaid."""
        ((free,),) = self.site.sql(
            "SELECT MAX(id) FROM stalls_stall WHERE id NOT IN (SELECT stall_id FROM stalls_lease)"
        )
        ((late,),) = self.site.sql(
            "SELECT lease_id FROM rents_rent WHERE paid_on IS NULL GROUP BY lease_id ORDER BY COUNT(*) DESC, lease_id LIMIT 1"
        )
        return {"stall": str(free), "lease": str(late)}

    def _consignments(self) -> dict[str, str]:
        """A consignment of each state by its number, a line of the draft, the address of the offered one's proforma."""
        numbers = dict(self.site.sql("SELECT state, MAX(number) FROM export_consignment GROUP BY state"))
        ((line,),) = self.site.sql(
            "SELECT MAX(l.id) FROM export_consignmentline l JOIN export_consignment c ON c.id = l.consignment_id "
            "WHERE c.state = 'draft'"
        )
        ((key,),) = self.site.sql("SELECT key FROM export_consignment WHERE number = ?", numbers["offered"])
        found = {f"exp_{state}": number for state, number in numbers.items()}
        return {**found, "exp_line": str(line), "proforma": key}

    def _rounds(self) -> dict[str, str]:
        """Stalls that the demo's round has begun and not seen, a warning, a closure, and a finding that waits."""
        ((walked, warned),) = self.site.sql("SELECT stall_id, lease_id FROM rounds_visit WHERE done_at IS NULL")
        ((unwalked,),) = self.site.sql(
            "SELECT MIN(stall_id) FROM stalls_lease WHERE stall_id NOT IN (SELECT stall_id FROM rounds_visit) "
            "AND starts_on <= (SELECT MAX(found_on) FROM rounds_finding)"
        )
        ((finding,),) = self.site.sql(
            "SELECT MAX(id) FROM rounds_finding WHERE id NOT IN (SELECT finding_id FROM rounds_measure WHERE finding_id IS NOT NULL)"
        )
        steps = dict(self.site.sql("SELECT kind, MAX(id) FROM rounds_measure GROUP BY kind"))
        names = {"walked": walked, "warned": warned, "unwalked": unwalked, "finding": finding}
        names |= {"warning": steps["warning"], "closure": steps["closure"]}
        return {name: str(number) for name, number in names.items()}

    def _session(self, price: str) -> str:
        """The last date of a visit of such a price."""
        return str(self.site.sql(f"SELECT MAX(id) FROM bookings_session WHERE price_rial {price}")[0][0])

    def _visit(self) -> str:
        """The translation key of the priced visit, as addresses write it."""
        return str(UUID(self.site.sql("SELECT MAX(subject) FROM bookings_session WHERE price_rial > 0")[0][0]))

    def _matters(self) -> dict[str, str]:
        """For each kind of matter the number of one; the work and the maker that officers look at."""
        waiting = self.site.sql("SELECT kind, MAX(id) FROM matters_matter WHERE decided_at IS NULL GROUP BY kind")
        ((doubted,),) = self.site.sql("SELECT subject FROM matters_matter WHERE kind = 'origin'")
        ((maker,),) = self.site.sql(
            "SELECT k.slug FROM matters_matter m JOIN makers_maker k ON k.id = m.maker_id WHERE m.kind = 'appeal'"
        )
        numbers = {kind: str(number) for kind, number in waiting}
        return {**numbers, "doubted": doubted.rpartition(":")[2], "maker_of_appeal": f"/makers/{maker}/"}

    def _book(self, page: Page) -> None:
        """A guest books a visit that is free of charge."""
        page.goto(f"/visit/session/{self._session('= 0')}/")
        page.locator("[name=name]").fill("بازدیدکنندهٔ نمونه")
        page.locator("[name=mobile]").fill("09121110003")
        press(page, page.locator("main form .btn"))
        self.names["booking"] = path_of(page).rstrip("/").rpartition("/")[2]

    def _fill_basket(self, page: Page) -> None:
        for _offer, work, _left in self.offers[:2]:
            slug = self.site.sql("SELECT slug FROM catalogue_product WHERE id = ?", work)[0][0]
            page.goto(f"/work/{work}/{slug}/")
            page.locator(".offers form .btn").first.click()
            page.wait_for_url("**/basket/")

    def _give_address(self, page: Page) -> None:
        self._fill_basket(page)
        page.goto("/checkout/")
        fill_address(page)

    def _order(self, page: Page) -> None:
        page.goto(self.names["work"])
        go_to_gateway(page, self.site)
        pay(page, self.site)
        self.names["number"] = path_of(page).rstrip("/").rpartition("/")[2]
        self.names["ordered_part"] = self._part(self.names["number"])

    def _labels(self) -> dict[str, str]:
        """The demo's labels by state, a sheet of them, and a public log."""
        codes = [code for (code,) in self.site.sql("SELECT code FROM authenticity_passport ORDER BY id")]
        labels = dict(zip(("valid", "new", "other", "suspended", "void"), codes, strict=False))
        ((passport, sheet),) = self.site.sql("SELECT MIN(id), MIN(sheet_id) FROM authenticity_passport")
        return {
            **{f"label_{state}": code for state, code in labels.items()},
            "passport": str(passport),
            "sheet": str(sheet),
            "log": "passports",
        }

    def _part(self, number: str) -> str:
        """A seller's part of an order."""
        query = "SELECT s.id FROM order_sellerorder s JOIN order_order o ON o.id = s.order_id WHERE o.number = ?"
        return str(self.site.sql(query, number)[0][0])

    def _buy(self, page: Page) -> None:
        """The buyer orders a work of the demo's maker, who sends it, and it arrives."""
        sign_in(page, BUYER)
        page.goto(f"/work/{self.names['own']}/x/")
        go_to_gateway(page, self.site)
        pay(page, self.site)
        bought = path_of(page).rstrip("/").rpartition("/")[2]
        self.names |= {"bought": bought, "sale": f"{bought}-1", "part": self._part(bought)}
        lines = "SELECT l.id FROM order_line l JOIN order_order o ON o.id = l.order_id WHERE o.number = ?"
        self.names["line"] = str(self.site.sql(lines, bought)[0][0])
        self._after(self._send)
        page.goto(f"/checkout/order/{bought}/")
        press(page, page.locator("main form[action$='/arrived/'] button"))

    def _send(self, page: Page) -> None:
        sign_in(page, ARTISAN)
        page.goto(f"/desk/orders/{self.names['sale']}/")
        press(page, page.locator("button[value=confirmed]"))
        page.locator("[name=carrier]").fill("پست")
        press(page, page.locator("form[action$='/send/'] .btn"))
