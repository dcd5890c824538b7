"""A venue's report on its page: of own venues alone, in a fixed number of queries, without a word of a buyer."""

import re
from datetime import timedelta

import pytest

from marketplace.core.clock import set_today
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.listing.services import offer_in_venue
from marketplace.rounds.services import note_finding
from tests.cast import DAY
from tests.checkout.sale import contact  # noqa: F401
from tests.payments.sandbox import gateway  # noqa: F401
from tests.seasons.market import market  # noqa: F401
from tests.stalls.floor import lease, next_stall, stall, stall_at  # noqa: F401

#: Of which the page's frame asks five.
QUERIES = 17
REPORT = "/en/desk/venues/qaleh-mahmoud/report/"


@pytest.fixture
def at_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


@pytest.fixture
def sold(market):  # noqa: F811
    market.sell(kilim=2)
    market.cancel(market.sell(jug=3)[0], 1)
    set_today(DAY)
    return market


def page_of(client, code: str = "") -> str:
    answer = client.get(REPORT, {"of": code} if code else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_shows_sales_with_their_plots_and_tables(at_desk, sold):
    html = page_of(at_desk, "1405-08")
    assert "Report of Aban 1405" in html
    assert "still running" not in html
    for section in ("sales", "makers", "crafts", "stall-sales", "stalls", "rents", "rounds", "refused", "offers"):
        assert f'id="{section}"' in html
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg" class="plot"') == 4
    assert "Kilim workshop" in html
    assert "Metalwork" in html
    assert "Without a stall" in html
    assert _row(html, "Copper workshop")[:5] == ["3", "1", "0", "2", '<bdi dir="ltr">21,000.3']


def test_the_running_month_is_marked_and_has_no_month_after_it(at_desk, sold):
    html = page_of(at_desk)
    assert "Report of Azar 1405" in html
    assert "still running" in html
    assert 'rel="next"' not in html
    assert 'rel="prev"' in html
    assert "Nothing was sold from this venue&#x27;s offers" in html


def test_a_season_goes_by_months(at_desk, sold):
    html = page_of(at_desk, "1405-s3")
    assert "Report of Autumn 1405" in html
    assert "Sales by month" in html
    assert "Mehr 1405" in html
    assert "Azar 1405" in html


def test_what_is_not_known_is_said_to_be_unknown(at_desk, sold):
    html = page_of(at_desk, "1405-08")
    assert "Not known: no count was kept of the last day." in html
    assert "Not counted: nobody counts the visitors of this venue in the market." in html


@pytest.mark.parametrize("code", ["1405-10", "1405-s4", "1405-13", "1405-s5", "aban", "2026-11", "1405-8"])
def test_a_time_that_has_not_come_or_is_none_is_not_there(at_desk, code):
    assert at_desk.get(REPORT, {"of": code}).status_code == 404


def test_the_report_of_another_venue_is_not_there(at_desk, free_shop):
    assert at_desk.get("/desk/venues/free-shop/report/").status_code == 404


def test_a_maker_and_a_guest_do_not_see_it(client, bazaar, artisan, weaver):
    assert client.get(REPORT).status_code == 302
    client.force_login(artisan)
    assert client.get(REPORT).status_code == 404


def test_nothing_of_a_buyer_is_on_it(at_desk, sold, contact):  # noqa: F811
    html = page_of(at_desk, "1405-08")
    for word in (contact.name, contact.mobile, contact.mobile[3:], contact.email, contact.postal_code, contact.address):
        assert word not in html


def test_refusals_are_counted_by_reason(at_desk, bazaar, foreign_tray, unproven_tray, coppersmith):
    for work in (foreign_tray, foreign_tray, unproven_tray):
        with pytest.raises(Exception, match="میراث"):
            offer_in_venue(work=work, venue=bazaar, price_rial=10_000_000, pieces=1)
    assert Refusal.objects.filter(place=name_of(bazaar)).count() == 3
    Refusal.objects.update(at=f"{DAY} 12:00+03:30")
    html = page_of(at_desk)
    assert _row(html, "Foreign goods rule: of foreign origin") == ["2", "0", "2"]
    assert _row(html, "Foreign goods rule: Iranian origin not proven") == ["1", "0", "1"]


def test_a_refusal_in_words_that_the_rule_does_not_say_has_no_known_reason(at_desk, bazaar):
    Refusal.objects.create(rule="forbid_foreign_goods", code="foreign_goods", sentence_en="No.", place=name_of(bazaar))
    Refusal.objects.update(at=f"{DAY} 12:00+03:30")
    assert _row(page_of(at_desk), "Foreign goods rule: reason not known") == ["0", "1", "1"]


def _row(html: str, head: str) -> list[str]:
    row = html.split(f'<th scope="row">{head}</th>')[1].split("</tr>")[0]
    return [re.search(r"<td[^>]*>(.*?)(</bdi>)?(</span>)?</td>", cell + "</td>")[1] for cell in row.split("</td>")[:-1]]


def test_stalls_and_rounds_of_the_month(at_desk, lease, next_stall, manager):  # noqa: F811
    set_today(DAY + timedelta(days=9))
    note_finding(lease=lease, about="prices", text="بی‌برچسب", by=manager)
    html = page_of(at_desk)
    assert "10 of 10 days" in html
    assert "0 of 10 days" in html
    assert "1 of 2 let" in html
    assert _row(html, "Findings: price tags") == ["1"]
    assert "3,000,000" in html


def test_it_costs_the_same_for_few_and_for_many(at_desk, sold, stall, lease, django_assert_num_queries):  # noqa: F811
    page_of(at_desk, "1405-08")
    with django_assert_num_queries(QUERIES):
        page_of(at_desk, "1405-08")
    set_today(DAY - timedelta(days=5))
    for nth in range(20):
        sold.sell(kilim=1, jug=2)
        if nth % 3 == 0:
            sold.cancel(sold.sell(jug=2)[0], 1)
    for nth in range(30):
        stall_at(sold.bazaar, f"N{nth}", front=2000 + 300 * nth).save()
    set_today(DAY)
    with django_assert_num_queries(QUERIES):
        page_of(at_desk, "1405-08")


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_the_same_report_as_a_file(at_desk, sold, ending, begins):
    answer = at_desk.get(f"/en/desk/venues/qaleh-mahmoud/report.{ending}", {"of": "1405-08"})
    assert (answer.status_code, answer.content.startswith(begins)) == (200, True)
    assert f"report-{sold.bazaar.pk}-1405-08.{ending}" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["free-shop/report.pdf", "free-shop/report.xlsx", "qaleh-mahmoud/report.csv"])
def test_a_file_of_another_venue_or_kind_is_not_there(at_desk, free_shop, path):
    assert at_desk.get(f"/desk/venues/{path}").status_code == 404


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_file_of_a_month_that_has_not_come_is_not_there(at_desk, ending):
    assert at_desk.get(f"/desk/venues/qaleh-mahmoud/report.{ending}", {"of": "1405-10"}).status_code == 404
