"""A city's pages: its editor drafts, its secretary approves, readers see it; another city's are refused, and so is an ended term."""

import re
from dataclasses import dataclass

import jdatetime
import pytest
from playwright.sync_api import Locator, Response

from marketplace.core import clock
from marketplace.core.persian import to_persian_digits
from marketplace.demo.accounts import OFFICER, RAVAR_EDITOR, RAVAR_SECRETARY, Account
from tests.journeys.steps import eventually, path_of, press, sign_in

pytestmark = pytest.mark.browser

HASTY = "خبر شتاب‌زده"
TITLE, LEAD, STORY = "گشایش خانهٔ قالی در آزمون", "خبری که در آزمون نوشته شد.", "راور از نگاه ویراستارش در آزمون."


ACTIONS = "footer .w-dropdown__toggle"


@dataclass(frozen=True)
class Draft:
    """What the database says of a page, whoever asks."""

    title: str
    live: int
    parent: int
    path: str


def page_of(site, city: str) -> int:
    """A city's own page in Persian."""
    return site.sql(
        "SELECT p.id FROM wagtailcore_page p JOIN cms_citypage c ON c.page_ptr_id = p.id "
        "JOIN places_city t ON t.id = c.city_id JOIN wagtailcore_locale l ON l.id = p.locale_id "
        "WHERE t.slug = ? AND l.language_code = 'fa'",
        city,
    )[0][0]


def news(site) -> list[Draft]:
    """The announcements of this story."""
    rows = site.sql(
        "SELECT p.title, p.live, q.id, p.url_path FROM wagtailcore_page p "
        "JOIN cms_newspage n ON n.page_ptr_id = p.id "
        "JOIN wagtailcore_page q ON q.path = SUBSTR(p.path, 1, LENGTH(p.path) - 4) WHERE p.title LIKE '%در آزمون'"
    )
    return [Draft(*row) for row in rows]


def lead_of(site, page: int) -> str:
    return site.sql("SELECT lead FROM cms_citypage WHERE page_ptr_id = ?", page)[0][0]


def trace(site, page: int) -> tuple:
    """What any change of a page leaves behind: its draft, its newest revision, its number of children."""
    return site.sql(
        "SELECT p.title, p.slug, p.live, p.has_unpublished_changes, p.latest_revision_id, p.numchild, p.path, c.lead "
        "FROM wagtailcore_page p JOIN cms_citypage c ON c.page_ptr_id = p.id WHERE p.id = ?",
        page,
    )[0]


def waiting(site) -> int:
    """Drafts that wait for the secretary."""
    return site.sql("SELECT COUNT(*) FROM wagtailcore_taskstate WHERE status = 'in_progress'")[0][0]


def open_editor(page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


def submit(page) -> None:
    """Hand the draft to the secretary: the second action of Wagtail's footer."""
    page.locator(ACTIONS).first.click()
    send(page, page.locator("[name=action-submit]"))


def send(page, button: Locator) -> None:
    """Press a button of the editor and wait for the server's yes to it; a draft's own save is not that answer."""
    with page.expect_response(_is_answer) as answer:
        button.click()
    page.wait_for_load_state("networkidle")
    assert answer.value.status == 302, complaints(page)


def complaints(page) -> list[str]:
    """What the form says of its fields, and the address it would give."""
    said = page.locator(".w-field__errors").all_text_contents()
    return [*(" ".join(words.split()) for words in said if words.strip()), page.locator("[name=slug]").input_value()]


def _is_answer(response: Response) -> bool:
    request = response.request
    return request.method == "POST" and request.is_navigation_request()


def begin_news(page, city: int, title: str) -> None:
    """From the city's list of pages → «add a page below» → announcement → typed."""
    page.goto(f"/cms/pages/{city}/add_subpage/")
    press(page, page.locator(f"main a[href='/cms/pages/add/cms/newspage/{city}/']"))
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").fill(title)
    page.locator("[name=lead]").fill(LEAD)


def write_news(page, city: int) -> None:
    """An announcement, handed to the secretary."""
    begin_news(page, city, TITLE)
    submit(page)


def change_story(page, index: int, city: int) -> None:
    """From the list of cities → the pencil of Ravar → another lead → submitted."""
    open_editor(page, f"/cms/pages/{index}/")
    assert editable(page) == [city]
    open_editor(page, f"/cms/pages/{city}/edit/")
    page.locator("[name=lead]").fill(STORY)
    submit(page)


def editable(page) -> list[int]:
    """Pages that this list of Wagtail's offers to edit."""
    links = page.locator("main a[href$='/edit/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return sorted({int(link.split("/")[3]) for link in links})


def approve(page) -> None:
    """The secretary's dashboard → the newest draft that waits → «approve»."""
    page.goto("/cms/")
    press(page, page.locator("main a[href$='/edit/']").first)
    page.wait_for_load_state("networkidle")
    page.locator(ACTIONS).first.click()
    send(page, page.locator("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"))


def refused(page, address: str) -> bool:
    """Whether Wagtail leads away from an address."""
    page.goto(address)
    return path_of(page) != address


def end_term(page, appointment: int) -> None:
    """The officer ends a term today, in the day's Persian numerals."""
    page.goto("/desk/officer/secretariats/ravar/")
    term = page.locator(f"main section:has(#term-{appointment})")
    term.locator("summary").click()
    term.locator("[name=on]").fill(to_persian_digits(jdatetime.date.fromgregorian(date=clock.today()).isoformat()))
    term.locator("[name=because]").fill("جابه‌جایی در آزمون")
    press(page, term.locator("form button"))


def shows(page, address: str, *words: str) -> bool:
    page.goto(address)
    told = page.locator("main").inner_text()
    return all(word in told for word in words)


def appointment_of(site, account: Account) -> int:
    return site.sql(
        "SELECT a.id FROM secretariats_appointment a JOIN core_user u ON u.id = a.user_id WHERE u.username = ?",
        account.username,
    )[0][0]


def test_a_page_sent_while_its_draft_is_being_saved_is_made_once(live_site, page_at):
    editor, ravar = page_at(1440), page_of(live_site, "ravar")
    sign_in(editor, RAVAR_EDITOR)
    begin_news(editor, ravar, HASTY)
    editor.wait_for_timeout(2500)  # Wagtail looks for changes from its third second on
    with editor.expect_request(lambda request: request.method == "POST" and not request.is_navigation_request()):
        editor.locator("[name=lead]").fill(STORY)
    send(editor, editor.locator("footer button[type=submit]:not([name])").first)
    assert live_site.sql("SELECT live, numchild FROM wagtailcore_page WHERE title = ?", HASTY) == [(0, 0)]
    assert re.fullmatch(r"/cms/pages/\d+/edit/", path_of(editor))
    assert editor.locator("[name=lead]").input_value() == STORY


def test_a_draft_of_ravar_is_approved_sirjans_is_refused_and_an_ended_term_gives_nothing(live_site, page_at):
    editor, secretary, officer, reader = page_at(1440), page_at(1440), page_at(360), page_at(360)
    ravar, sirjan = page_of(live_site, "ravar"), page_of(live_site, "sirjan")
    ((cities,),) = live_site.sql(
        "SELECT q.id FROM wagtailcore_page p JOIN wagtailcore_page q ON q.path = SUBSTR(p.path, 1, LENGTH(p.path) - 4) "
        "WHERE p.id = ?",
        ravar,
    )
    lead, before = lead_of(live_site, ravar), trace(live_site, sirjan)

    # drafted and handed in: readers see none of it
    sign_in(editor, RAVAR_EDITOR)
    write_news(editor, ravar)
    change_story(editor, cities, ravar)
    assert [(one.title, one.live, one.parent) for one in news(live_site)] == [(TITLE, 0, ravar)]
    assert (lead_of(live_site, ravar), waiting(live_site)) == (lead, 2)
    reader.goto("/city/ravar/")
    assert TITLE not in reader.locator("main").inner_text()
    assert STORY not in reader.locator("main").inner_text()

    # approved by the secretary: live
    sign_in(secretary, RAVAR_SECRETARY)
    approve(secretary)
    approve(secretary)
    assert [(one.title, one.live, one.parent) for one in news(live_site)] == [(TITLE, 1, ravar)]
    assert (lead_of(live_site, ravar), waiting(live_site)) == (STORY, 0)
    assert eventually(lambda: shows(reader, "/city/ravar/", TITLE, STORY))
    press(reader, reader.locator("main a", has_text=TITLE).first)
    assert LEAD in reader.locator("main").inner_text()

    # another city's page: not offered, not opened, not changed
    open_editor(editor, f"/cms/pages/{sirjan}/")
    assert editable(editor) == []
    assert editor.locator(f"a[href='/cms/pages/{sirjan}/add_subpage/']").count() == 0
    assert refused(editor, f"/cms/pages/{sirjan}/edit/")
    assert refused(editor, f"/cms/pages/add/cms/newspage/{sirjan}/")
    assert trace(live_site, sirjan) == before

    # a term that the officer ended gives nothing on the next request
    open_editor(editor, f"/cms/pages/{ravar}/edit/")
    after = trace(live_site, ravar)
    editor.locator("[name=lead]").fill("پس از پایان دوره")
    sign_in(officer, OFFICER)
    end_term(officer, appointment_of(live_site, RAVAR_EDITOR))
    submit(editor)
    assert not path_of(editor).startswith("/cms/pages/")
    assert refused(editor, f"/cms/pages/{ravar}/edit/")
    assert refused(editor, "/cms/")
    assert (trace(live_site, ravar), waiting(live_site)) == (after, 0)
