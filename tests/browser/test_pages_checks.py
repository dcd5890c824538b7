"""Every kind of page, in both languages: right HTML, usable by everyone, no wider than a small phone, nothing from elsewhere."""

import pytest

from tests.browser.pages import KINDS
from tests.browser.rare_pages import RARE_KINDS, RareReaders

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def readers(chromium, live_site):
    return RareReaders(chromium, live_site)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("kind", KINDS + RARE_KINDS, ids=lambda kind: kind.name)
def test_page(kind, lang, live_site, readers, page_at, nu_check, axe, sideways_scroll):
    page = page_at(360, lang, storage_state=readers.states[kind.reader], reduced_motion="reduce")
    response = page.goto(readers.address(kind, lang))
    if kind.act:
        response = kind.act(page)
    html = response.text()
    page.wait_for_load_state("networkidle")

    faults = [f"HTML: {error}" for error in nu_check(html)]
    faults += [f"light: {violation}" for violation in axe(page)]
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        if wider := sideways_scroll(page):
            faults.append(f"{wider} px wider than {width}")
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {violation}" for violation in axe(page)]

    # page_at itself complains of another host, of a broken policy and of a script's error
    assert faults == []
    assert page.locator("html").get_attribute("lang") == lang
    assert response.status == (
        404 if kind.name in {"not-found", "verify-unknown"} else 422 if kind.name in REFUSED else 200
    )


#: A form sent empty is answered with 422; Django's own sign-in answers 200.
REFUSED = {
    "address-errors",
    "code-errors",
    "code-enter-errors",
    "forgotten-errors",
    "desk-work-errors",
    "desk-licence-errors",
    "desk-refused",
    "officer-decide-errors",
    "officer-venue-errors",
    "give-back-errors",
    "basket-gift-errors",
    "officer-secretariat-errors",
    "visit-find-errors",
    "exporter-errors",
    "consignment-new-errors",
    "consignment-add-errors",
    "consignment-cancel-errors",
    "consignment-payment-errors",
    "consignment-packing-errors",
    "consignment-dispatch-errors",
    "proforma-errors",
    "stall-new-errors",
    "stall-let-errors",
    "round-stall-errors",
    "lease-measures-errors",
    "finding-errors",
    "measure-appeal-errors",
    "visit-session-errors",
    "desk-hs-code-errors",
    "become-errors",
    "join-errors",
    "join-identity-errors",
    "officer-maker-state-errors",
    "officer-joining-errors",
    "desk-visit-cancel-errors",
    "desk-visit-change-errors",
    "desk-visit-plan-errors",
    "desk-visit-date-errors",
}
