"""A maker's statement: page, spreadsheet and paper, in both languages; nobody else's; and the account that money is sent to."""

import csv
import io
from datetime import date

import pypdfium2
import pytest

from marketplace.ledger import books
from marketplace.ledger.books import SalePart
from marketplace.listing.oscar_parts import seller_of
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import Partner
from tests.cast import DAY
from tests.ledger.conftest import IBAN

pytestmark = pytest.mark.django_db
PAGE, ACCOUNT = "/desk/statement/", "/desk/statement/account/"
WHOLE = "?since=2026-11-01&until=2026-11-22"


@pytest.fixture
def sold(weaver, coppersmith, site):
    """A sale with gift wrap before the month, one in it, and a payment; another maker sold too."""
    weaver_, copper = seller_of(weaver), seller_of(coppersmith)
    for source, on, goods in (("attempt:1", date(2026, 10, 1), 500_000), ("attempt:2", date(2026, 11, 20), 1_000_000)):
        part = SalePart(
            weaver_.pk,
            goods_rial=goods,
            wrap_rial=30_000,
            delivery_rial=50_000,
            commission_rial=goods * 7 // 100,
            tax_rial=700,
        )
        other = SalePart(copper.pk, goods_rial=7_770)
        books.record_sale(
            source=source,
            gateway="sandbox",
            amount_rial=goods + 57_770,
            parts=[part, other],
            on=on,
            reference=f"RST-{source[-1]}",
        )
    books.record_split(source="attempt:2", gateway="sandbox", parts={weaver_.pk: 600_000}, on=DAY, reference="RST-2")
    return weaver_


def test_the_page_shows_the_days_asked_for_with_a_running_balance(at_desk, sold):
    page = at_desk.get("/en" + PAGE + WHOLE).content.decode()
    assert "1 November 2026 – 22 November 2026" in page
    for shown in ("51,430", "97,000", "3,000", "5,000", "−7,000", "−70", "−60,000", "149,360", "89,360", "RST-2"):
        assert f">{shown}<" in page
    assert "RST-1" not in page
    assert "777" not in page


def test_the_page_in_persian_and_in_rial(at_desk, sold):
    at_desk.cookies["currency_unit"] = "rial"
    page = at_desk.get(PAGE + WHOLE).content.decode()
    assert '<bdi dir="ltr">−۶۰۰٬۰۰۰</bdi>' in page
    assert '<bdi dir="ltr">۸۹۳٬۶۰۰</bdi>' in page


def test_the_page_takes_the_same_queries_for_any_number_of_rows(at_desk, sold, django_assert_num_queries):
    at_desk.get(PAGE)
    with django_assert_num_queries(9) as few:
        at_desk.get(PAGE + WHOLE)
    for n in range(20):
        part = SalePart(sold.pk, goods_rial=1_000)
        books.record_sale(source=f"attempt:x{n}", gateway="sandbox", amount_rial=1_000, parts=[part], on=DAY)
    with django_assert_num_queries(len(few)):
        at_desk.get(PAGE + WHOLE)


def test_without_days_it_is_this_jalali_month(at_desk, sold):
    page = at_desk.get("/en" + PAGE).content.decode()
    assert "22 November 2026 – 22 November 2026" in page
    assert page.count("<tr>") == 3


@pytest.mark.parametrize(
    "days", ["?since=2026-11-22&until=2026-11-01", "?since=x&until=", "?since=1405/13/40&until=1405/1/1"]
)
def test_days_that_are_none_are_said_so(days, at_desk, sold):
    answer = at_desk.get(PAGE + days)
    assert answer.status_code == 422
    assert "form-errors" in answer.content.decode()


def test_the_spreadsheet_can_be_summed(at_desk, sold):
    answer = at_desk.get(PAGE + "statement.csv" + WHOLE)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, before, sale, split = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (len(head), before[-1]) == (len(before), "514300")
    assert sale[2:] == ["RST-2", "970000", "30000", "50000", "-70000", "-700", "0", "1493600"]
    assert split[2:] == ["RST-2", "0", "0", "0", "0", "0", "-600000", "893600"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(("prefix", "says"), [("", "۸۹۳٬۶۰۰"), ("/en", "893,600")])
def test_the_paper_in_both_languages(prefix, says, at_desk, sold):
    answer = at_desk.get(prefix + PAGE + "statement.pdf" + WHOLE)
    assert answer["Content-Disposition"] == 'attachment; filename="statement-20261101-20261122.pdf"'
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert says in text


def test_article_142_is_told_to_who_had_a_licence_in_those_days(at_desk, sold, licence):
    said = "142"
    assert said in at_desk.get("/en" + PAGE + WHOLE).content.decode()
    assert said not in at_desk.get("/en" + PAGE + "?since=2024-01-01&until=2024-02-01").content.decode()
    licence.delete()
    assert said not in at_desk.get("/en" + PAGE + WHOLE).content.decode()


def test_who_never_sold_has_an_empty_statement(at_desk, site):
    for part in ("", "statement.csv", "statement.pdf"):
        assert at_desk.get(PAGE + part).status_code == 200
    assert Partner.objects.count() == 0


@pytest.mark.parametrize("part", ["", "statement.csv", "statement.pdf", "account/"])
def test_who_is_no_maker_sees_none(part, client, buyer, site):
    assert client.get(PAGE + part).status_code == 302
    client.force_login(buyer)
    assert client.get(PAGE + part).url == "/desk/"


def test_a_sheba_is_kept_and_waits_for_its_proof(at_desk, weaver, site):
    answer = at_desk.post(ACCOUNT, {"iban": "۰۶۲۹ ۶۰۰۰ ۰۰۰۰ ۱۰۰۳ ۲۴۲۰ ۰۰۰۱", "owner": "رضا کرمانی"})
    assert (answer.status_code, answer.url) == (302, PAGE)
    seller = weaver.seller
    assert (seller.iban, seller.iban_owner, seller.paid_to) == (IBAN, "رضا کرمانی", "")
    assert "not verified yet" in at_desk.get("/en" + PAGE).content.decode()
    verify_iban(seller=seller, on=DAY)
    assert "not verified yet" not in at_desk.get("/en" + PAGE).content.decode()


def test_a_wrong_sheba_changes_nothing(at_desk, weaver, site):
    set_iban(seller=seller_of(weaver), iban=IBAN, owner="رضا")
    answer = at_desk.post(ACCOUNT, {"iban": IBAN[:-1] + "2", "owner": "رضا"})
    assert answer.status_code == 422
    assert Partner.objects.get().iban == IBAN
