"""A maker lists a work with photos and finds it in the search; a work of foreign origin is refused where the rule says so."""

import io

import pytest
from PIL import Image, ImageDraw

from marketplace.demo.accounts import ARTISAN
from tests.journeys.steps import count, eventually, path_of, press, sign_in

pytestmark = pytest.mark.browser

BOUND = "qaleh-mahmoud-bazaar"
FREE = "sample-unlicensed-shop-of-mashhad"


def photo(colour: str, kind: str) -> dict:
    """A photo of a striped kilim, as a browser sends it."""
    picture = Image.new("RGB", (1280, 960), colour)
    pen = ImageDraw.Draw(picture)
    for left in range(0, 1280, 160):
        pen.rectangle((left, 0, left + 60, 960), fill="#f2e6d0")
    body = io.BytesIO()
    picture.save(body, kind)
    return {"name": f"kilim.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": body.getvalue()}


def fill_work(page, *, title: str, price: str = "۴٬۵۰۰٬۰۰۰", country: str = "IR", permit: str = "") -> None:
    """The form of a work, photos left out; the price in toman. A work from abroad tells its import permit."""
    page.locator("[name=title_fa]").fill(title)
    page.locator("[name=craft] optgroup").first.locator("option").first.evaluate("option => { option.selected = true }")
    page.locator("[name=description_fa]").fill("پشم دست‌ریس، رنگ گیاهی.")
    page.locator("[name=length]").fill("۱۸۰")
    page.locator("[name=width]").fill("۱۲۰")
    page.locator("[name=origin_country]").select_option(country)
    page.locator("[name=price_rial]").fill(price)
    if permit:
        page.locator("[name=permit_number]").fill(permit)
        page.locator("[name=permit_issued_on]").fill("۱۴۰۵/۰۲/۱۱")
        page.locator("[name=permit_scan]").set_input_files(photo("#e8e2d4", "PNG"))


def list_work(page, **fields) -> int:
    """List a work with two photos; its number."""
    page.goto("/desk/works/new/")
    fill_work(page, **fields)
    page.locator("[name=photos]").set_input_files([photo("#8c2f2b", "JPEG"), photo("#1f4e79", "PNG")])
    page.locator(".studio-pictures li").nth(1).wait_for()
    page.locator(".studio-pictures input").first.fill("گلیم روی دار")
    press(page, page.locator("#studio button[value=list]"))
    return int(path_of(page).removeprefix("/desk/works/").strip("/"))


def offer_in(page, slug: str, site, price: str = "۵٬۰۰۰٬۰۰۰") -> str:
    """Send the desk's offer form for a venue; the venue's Persian name."""
    pk, name = site.sql("SELECT id, name_fa FROM bazaars_venue WHERE slug = ?", slug)[0]
    page.locator("[name=place]").select_option(str(pk))
    page.locator("[name=price_rial]").fill(price)
    page.locator("[name=pieces]").fill("۱")
    press(page, page.locator("main form[action$='/offer/'] .btn"))
    return name


def cards_of(page, address: str, work: int):
    page.goto(address)
    return page.locator(f"main article.work:has(a[href^='/work/{work}/'])")


def test_a_maker_lists_a_work_with_two_photos_and_the_search_finds_it(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    title = "گلیم راه‌راه آزمون بازار"

    work = list_work(page, title=title)

    assert page.locator("h1").inner_text() == title
    assert page.locator("main .previews img").count() == 2
    assert page.locator("main .previews img").first.get_attribute("alt") == "گلیم روی دار"
    assert live_site.sql(
        "SELECT price, num_in_stock, venue_id FROM partner_stockrecord WHERE product_id = ?", work
    ) == [(45_000_000, 1, None)]
    assert live_site.sql("SELECT length_mm, width_mm, origin_state FROM catalogue_product WHERE id = ?", work) == [
        (1800, 1200, "domestic")
    ]
    reader = page_at(360, "fa")
    # typed with Arabic letters and without the half-space
    assert eventually(lambda: cards_of(reader, "/search/?q=گليم راه راه آزمون", work).count() == 1)
    assert "۴٬۵۰۰٬۰۰۰" in cards_of(reader, "/search/?q=گلیم راه‌راه آزمون", work).inner_text()


def test_a_wrong_form_keeps_what_was_typed_and_the_photo_that_was_sent(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    works = count(live_site, "catalogue_product")
    page.goto("/desk/works/new/")
    fill_work(page, title="گلیم ناتمام", price="گران")
    page.locator("[name=photos]").set_input_files(photo("#5c6b2f", "JPEG"))
    page.locator(".studio-pictures li").wait_for()

    press(page, page.locator("#studio button[value=list]"))

    assert path_of(page).startswith("/desk/works/drafts/")
    assert page.locator("main .form-errors li").count() == 1
    typed = {
        name: page.locator(f"[name={name}]").input_value() for name in ("title_fa", "price_rial", "description_fa")
    }
    assert typed == {"title_fa": "گلیم ناتمام", "price_rial": "گران", "description_fa": "پشم دست‌ریس، رنگ گیاهی."}
    assert page.locator(".studio-pictures img").count() == 1
    assert count(live_site, "catalogue_product") == works

    page.locator("[name=price_rial]").fill("۲٬۰۰۰٬۰۰۰")
    press(page, page.locator("#studio button[value=list]"))
    assert page.locator("h1").inner_text() == "گلیم ناتمام"
    assert page.locator("main .previews img").count() == 1
    assert count(live_site, "catalogue_product") == works + 1


def test_a_foreign_work_without_its_permit_is_refused_and_keeps_what_was_typed(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    works, refusals = count(live_site, "catalogue_product"), count(live_site, "core_refusal")
    page.goto("/desk/works/new/")
    assert not page.locator("[name=permit_number]").is_visible()
    fill_work(page, title="گلیم بی‌برگ سبز", country="TR")
    assert page.locator("[name=permit_number]").is_visible()
    page.locator("[name=photos]").set_input_files(photo("#5c6b2f", "JPEG"))
    page.locator(".studio-pictures li").wait_for()

    press(page, page.locator("#studio button[value=list]"))

    assert "گلیم بی‌برگ سبز" in page.locator("[data-test=refusal]").inner_text()
    assert page.locator("[name=title_fa]").input_value() == "گلیم بی‌برگ سبز"
    assert page.locator(".studio-pictures img").count() == 1
    assert (count(live_site, "catalogue_product"), count(live_site, "core_refusal")) == (works, refusals + 1)


def test_a_work_of_foreign_origin_is_refused_in_a_bound_venue_and_sold_with_its_label_in_a_free_one(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    work = list_work(page, title="گلیم وارداتی آزمون", country="TR", permit="۴۰۲-۷۷")
    before = {table: count(live_site, table) for table in ("partner_stockrecord", "order_line", "basket_line")}

    venue = offer_in(page, BOUND, live_site)

    refusal = page.locator("[data-test=refusal]").inner_text()
    assert venue in refusal
    assert "گلیم وارداتی آزمون" in refusal
    assert page.locator("[name=price_rial]").input_value() == "۵٬۰۰۰٬۰۰۰"
    assert {table: count(live_site, table) for table in before} == before
    assert _places(live_site, work) == [None]
    assert page.locator("[data-test=refusal] .mend-steps a").first.get_attribute("href") == f"/desk/works/{work}/#offer"

    free = offer_in(page, FREE, live_site)

    assert page.locator("main .form-errors").count() == 0
    assert free in page.locator("main table").inner_text()
    assert _places(live_site, work) == [None, FREE]
    assert count(live_site, "order_line") == before["order_line"]
    _label_is_seen(page_at(360, "fa"), page_at(360, "en"), work)


def _places(site, work: int) -> list[str | None]:
    rows = site.sql(
        "SELECT v.slug FROM partner_stockrecord s LEFT JOIN bazaars_venue v ON v.id = s.venue_id "
        "WHERE s.product_id = ? AND s.withdrawn_at IS NULL ORDER BY s.id",
        work,
    )
    return [slug for (slug,) in rows]


def _label_is_seen(page, english, work: int) -> None:
    assert eventually(lambda: cards_of(page, f"/search/?venue={FREE}", work).count() == 1)
    card = cards_of(page, f"/search/?venue={FREE}", work)
    assert card.locator(".origin.foreign").inner_text().strip()
    assert cards_of(page, f"/search/?venue={BOUND}", work).count() == 0
    press(page, cards_of(page, f"/venue/{FREE}/", work).locator("a"))
    assert page.locator("main .origin.foreign").first.is_visible()
    english.goto(f"/en/search/?venue={FREE}&origin=foreign")
    label = english.locator(f"article.work:has(a[href^='/en/work/{work}/']) .origin.foreign")
    assert label.inner_text().strip().lower() == "foreign origin"
