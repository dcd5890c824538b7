"""An exporter's first consignment, from the account to the carrier: four makers, a buyer abroad, cartons, papers."""

import io
import json
import zipfile

import pypdfium2
import pytest

from marketplace.demo.accounts import ARTISAN
from tests.journeys.steps import path_of, press, sign_in

pytestmark = pytest.mark.browser

MAIL, PASSWORD = "kavir-export@example.org", "کاروان به سوی دریا"
HEAD = {
    "name_fa": "بازرگانی کویر نمونه",
    "name_en": "Sample Kavir Trading",
    "address_fa": "کرمان، خیابان نمونه، پلاک ۷",
    "address_en": "7 Sample Street, Kerman",
    "phone": "+98 34 0000 0000",
}
TERMS = {
    "buyer_name": "Sample Crafts House",
    "buyer_address": "5 Sample Road, Dubai",
    "place": "Dubai",
    "freight_minor": "۱۲۰٫۵۰",
    "point": "انبار نمونه، کرمان",
}
#: Packed sides in cm and grams of each piece: three fit a carton of 8,600 g, so that four take two.
PACKED = {"length_mm": "۲۰", "width_mm": "۱۸", "height_mm": "۱۰", "weight_grams": "۲۵۰۰"}
CARTON = {
    "name": "K",
    "inner_length_mm": "۴۰",
    "inner_width_mm": "۴۰",
    "inner_height_mm": "۳۰",
    "tare_grams": "۵۰۰",
    "greatest_gross_grams": "۸۶۰۰",
}
#: Price of one piece from each maker, in dirham.
PRICES = ("100", "200.50", "300", "400.25")
#: With the freight of 120.50.
TOTAL = "1,121.25"
TRACKING = "EM000000001IR"
#: A work of each of four makers, the artisan's first: domestic, public, without a blade.
FOUR = (
    "SELECT MIN(p.id), m.name_fa FROM catalogue_product p JOIN makers_maker m ON m.id = p.maker_id LEFT JOIN core_user u "
    "ON u.id = m.owner_id WHERE p.origin_state = 'domestic' AND p.is_public = 1 AND p.structure = 'standalone' "
    "AND p.blade_mm IS NULL GROUP BY m.id ORDER BY (u.username = 'artisan') DESC, m.id LIMIT 4"
)


def fill(page, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)


def send(page) -> None:
    """The main form of a page."""
    press(page, page.locator("main form.form .btn[type=submit]").first)
    assert page.locator("main .error:visible, main .form-errors:visible").count() == 0


def next_step(page) -> None:
    """The one thing that the consignment's page says comes next."""
    press(page, page.locator("section[aria-labelledby=consignment-next] .btn:not(.quiet)").first)


def open_an_account(page) -> None:
    page.goto("/sign-up/")
    fill(page, {"name": "سمیرا نمونه", "contact": MAIL, "password": PASSWORD})
    press(page, page.locator("main form .btn"))
    page.goto("/desk/")
    press(page, page.locator("main a[href='/desk/export/me/']"))
    fill(page, HEAD)
    send(page)
    assert path_of(page) == "/desk/export/"


def write_a_carton(page) -> None:
    page.goto("/desk/export/cartons/")
    fill(page, CARTON)
    send(page)


def write_the_proforma(page, works: list[tuple[int, str]]) -> str:
    """A buyer's request: the terms, then four lines. Returns the consignment's number."""
    page.goto("/desk/export/new/")
    page.locator("[name=origin]").select_option("request")
    page.locator("[name=buyer_country]").select_option("AE")
    page.locator("[name=currency]").select_option("AED")
    page.locator("[name=incoterm]").select_option("CPT")
    page.locator("[name=valid_until]").fill("۱۴۰۶/۰۱/۱۵")
    fill(page, TERMS)
    send(page)
    number = path_of(page).strip("/").rpartition("/")[2]
    for (work, _maker), price in zip(works, PRICES, strict=True):
        page.goto(f"/desk/export/{number}/lines/new/")
        fill(page, {"what": str(work), "unit_minor": price})
        send(page)
    return number


def accept(guest, address: str) -> None:
    """The buyer, who has no account here, in English."""
    guest.goto(address)
    assert TOTAL in guest.locator("main dl.facts").first.inner_text()
    guest.locator("main [name=name]").fill("A. Sample")
    press(guest, guest.locator("main form.form .btn"))
    assert "Accepted by A. Sample" in guest.locator("main").inner_text()


def record_payment(page) -> None:
    next_step(page)
    fill(page, {"amount": "1121.25", "reference": "TT-0001"})
    send(page)


def collect(page, artisan, number: str) -> None:
    """One maker presses ready at the own desk; the others told it by telephone."""
    next_step(page)
    sign_in(artisan, ARTISAN)
    artisan.goto("/desk/collections/")
    press(artisan, artisan.locator("main form[action$='/ready/'] button").first)
    page.goto(f"/desk/export/{number}/")
    legs = "section[aria-labelledby=consignment-collections]"
    assert page.locator(f"{legs} form[action$='/ready/']").count() == 3
    for act in ("ready", "collected"):
        while page.locator(f"{legs} form[action$='/{act}/']").count():
            press(page, page.locator(f"{legs} form[action$='/{act}/'] button").first)


def measure(page, number: str) -> None:
    page.goto(f"/desk/export/{number}/")
    lines = page.locator("section[aria-labelledby=consignment-lines] tbody th a")
    for address in [lines.nth(nth).get_attribute("href") for nth in range(lines.count())]:
        page.goto(address)
        form = page.locator("main form:has([name=length_mm])")
        for name, text in PACKED.items():
            form.locator(f"[name={name}]").fill(text)
        press(page, form.locator(".btn"))
        assert path_of(page) == f"/desk/export/{number}/"


def pack(page, site) -> None:
    """Two cartons, pictures of each; a piece too many is refused, one that fits is moved."""
    next_step(page)
    page.locator("[name=carrier]").select_option(index=1)
    press(page, page.locator("main form[action$='/fill/'] .btn[type=submit]"))
    cartons = page.locator("main section.panel.plain:has(.packing-steps)")
    assert cartons.count() == 2
    assert page.locator(".packing-steps figure svg").count() == 4
    inside = [cartons.nth(nth).locator(".packing-names li").count() for nth in range(2)]
    assert sorted(inside) == [1, 3]
    small, large = (1, 2) if inside[0] == 1 else (2, 1)
    lone = cartons.nth(small - 1).locator(".packing-names li").inner_text()
    move(page, lone, large)
    assert page.locator("main form[action$='/move/'] .form-errors, main form[action$='/move/'] .error").count()
    page.reload()
    first = cartons.nth(large - 1).locator(".packing-names li").first.inner_text()
    move(page, first, small)
    assert [cartons.nth(nth).locator(".packing-names li").count() for nth in range(2)] == [2, 2]


def move(page, piece: str, carton: int) -> None:
    form = page.locator("main form[action$='/move/']")
    options = form.locator("[name=piece] option")
    wanted = next(nth for nth in range(options.count()) if options.nth(nth).inner_text().startswith(piece))
    form.locator("[name=piece]").select_option(index=wanted)
    form.locator("[name=to_carton]").select_option(str(carton))
    press(page, form.locator(".btn"))


def read_the_dossier(page, number: str) -> dict[str, bytes]:
    """The ZIP of all papers, as it is saved."""
    page.goto(f"/desk/export/{number}/papers/")
    with page.expect_download() as saved:
        page.locator("main a.btn[href$='dossier.zip']").click()
    with zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())) as dossier:
        return {name: dossier.read(name) for name in dossier.namelist()}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_an_exporter_sends_pieces_of_four_makers_to_a_buyer_abroad(live_site, page_at):
    page, guest, artisan = page_at(1440, "fa"), page_at(360, "en"), page_at(360, "fa")
    works = live_site.sql(FOUR)
    assert len({maker for _work, maker in works}) == 4
    open_an_account(page)
    write_a_carton(page)
    number = write_the_proforma(page, works)
    page.goto(f"/desk/export/{number}/")
    next_step(page)
    proforma = page.locator("a.long-address").get_attribute("href")
    accept(guest, proforma)

    page.reload()
    record_payment(page)
    collect(page, artisan, number)
    measure(page, number)
    pack(page, live_site)

    page.goto(f"/desk/export/{number}/")
    next_step(page)
    assert page.locator("main .badge.good").count() == 1
    press(page, page.locator("main form .btn"))
    papers = read_the_dossier(page, number)
    told = json.loads(next(body for name, body in papers.items() if name.endswith(".json")))
    invoice = text_of(
        next(body for name, body in sorted(papers.items()) if "invoice" in name and name.endswith("en.pdf"))
    )
    assert TOTAL in invoice
    assert (told["totals"]["total_minor"], told["totals"]["pieces"]) == (112_125, 4)
    page.goto(f"/desk/export/{number}/")
    next_step(page)
    fill(page, {"tracking": TRACKING})
    send(page)
    assert TRACKING in page.locator("main").inner_text()
    assert live_site.sql("SELECT state FROM export_consignment WHERE number = ?", number) == [("dispatched",)]
    steps = [
        row[0]
        for row in live_site.sql(
            "SELECT s.state FROM export_consignmentstep s JOIN export_consignment c ON c.id = s.consignment_id "
            "WHERE c.number = ? ORDER BY s.id",
            number,
        )
    ]
    assert steps == ["draft", "offered", "accepted", "paid", "collecting", "packed", "packed", "checked", "dispatched"]
