"""The studio on a phone: the line is cut while pictures are sent and typing goes on, and nothing is lost or sent twice."""

import json
import uuid

import pytest

from marketplace.demo.accounts import ARTISAN
from tests.journeys.steps import eventually, path_of, press, sign_in
from tests.journeys.test_maker import fill_work, photo

pytestmark = pytest.mark.browser

TITLE, WORDS = "گلیم آزمون ارتباط", "نوشته در قطع ارتباط"


def kept(site, page) -> tuple[str, str, int]:
    """What the market holds of the draft this page shows: title, description, number of pictures."""
    page.wait_for_timeout(50)  # its requests pass through this thread
    key = uuid.UUID(path_of(page).strip("/").rsplit("/", 1)[1])
    rows = site.sql(
        "SELECT d.typed, (SELECT COUNT(*) FROM drafts_draftpicture p WHERE p.draft_id = d.id) "
        "FROM drafts_draft d WHERE d.key = ?",
        key.hex,
    )
    if not rows:
        return "", "", 0
    typed = json.loads(rows[0][0])
    return typed.get("title_fa", [""])[0], typed.get("description_fa", [""])[0], rows[0][1]


def test_a_line_cut_among_pictures_and_words_loses_nothing(live_site, page_at, axe, sideways_scroll):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    page.goto("/desk/works/new/")
    assert kept(live_site, page) == ("", "", 0)
    lost = []

    def lose_one_answer(route):
        """The market has the picture, and the line is cut before its answer arrives."""
        if lost:
            return route.fallback()
        lost.append(route.fetch().status)
        page.context.set_offline(True)
        return route.abort()

    page.route("**/pictures/", lose_one_answer)
    photos = [photo(colour, "JPEG") for colour in ("#8c2f2b", "#1f4e79", "#5c6b2f")]
    page.locator("[name=photos]").set_input_files(photos)
    page.locator("#studio-said[data-state=cut]").wait_for()
    assert page.locator("#studio-queue li").count() == 3
    page.locator("[name=title_fa]").fill(TITLE)
    page.locator("[name=description_fa]").fill(WORDS)
    page.wait_for_timeout(1500)
    assert page.locator("#studio-said").get_attribute("data-state") == "cut"
    assert lost == [200]
    assert kept(live_site, page) == ("", "", 1)

    page.context.set_offline(False)

    page.locator(".studio-pictures li").nth(2).wait_for()
    assert page.locator("#studio-queue li").count() == 0
    assert eventually(lambda: kept(live_site, page) == (TITLE, WORDS, 3))
    assert (axe(page), sideways_scroll(page)) == ([], 0)

    page.reload()
    assert page.locator("[name=title_fa]").input_value() == TITLE
    assert page.locator("[name=description_fa]").input_value() == WORDS
    assert page.locator(".studio-pictures li").count() == 3


def test_words_typed_without_a_line_outlive_the_page(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    page.goto("/desk/works/new/")
    address, context = page.url, page.context
    context.set_offline(True)
    page.locator("[name=title_fa]").fill(TITLE)
    page.locator("#studio-said[data-state=cut]").wait_for()
    page.close()

    again = context.new_page()
    context.set_offline(False)
    again.goto(address)
    assert again.locator("[name=title_fa]").input_value() == TITLE
    assert eventually(lambda: kept(live_site, again)[0] == TITLE)


def test_two_windows_are_told_of_each_other(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    page.goto("/desk/works/new/")
    second = page.context.new_page()
    second.goto(page.url)
    page.locator("[name=title_fa]").fill("نخستین")
    assert eventually(lambda: kept(live_site, page)[0] == "نخستین")
    second.locator("[name=title_fa]").fill("دومین")
    second.locator("#studio-newer").wait_for()
    assert second.locator("[name=title_fa]").input_value() == "دومین"
    assert kept(live_site, page)[0] == "نخستین"
    second.locator("[data-mine]").click()
    assert eventually(lambda: kept(live_site, page)[0] == "دومین")
    assert second.locator("#studio-newer").is_hidden()


def test_a_work_is_written_with_buttons_and_keys_alone(live_site, page_at):
    page = page_at(360, "fa")
    sign_in(page, ARTISAN)
    page.goto("/desk/works/new/")
    page.locator("[name=photos]").set_input_files([photo("#8c2f2b", "JPEG"), photo("#1f4e79", "PNG")])
    page.locator(".studio-pictures li").nth(1).wait_for()
    first = page.locator(".studio-pictures li").first.get_attribute("data-key")
    page.locator(".studio-pictures li").first.get_by_role("button").first.press("Enter")
    assert eventually(lambda: page.locator(".studio-pictures li").nth(1).get_attribute("data-key") == first)
    fill_work(page, title="گلیم استودیو")
    page.locator("[data-lacks='0']").wait_for()
    press(page, page.locator("#studio button[value=list]"))
    assert page.locator("h1").inner_text() == "گلیم استودیو"
