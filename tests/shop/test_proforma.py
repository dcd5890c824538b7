"""A proforma's page: its address is the key; the buyer accepts by name what the page shows."""

import re

import pytest

from marketplace.export.models import Consignment
from marketplace.export.services import cancel, offer, price_line, take_back
from tests.export.abroad import accepted, draft, exporter, filled, labelled  # noqa: F401


def page(consignment, prefix="/en") -> str:
    return f"{prefix}/proforma/{consignment.key}/"


def digest(html: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', html).group(1)


@pytest.fixture
def offered(filled):  # noqa: F811
    return offer(consignment=filled, by=None)


@pytest.mark.parametrize(("prefix", "total"), [("/en", "EUR 4,021.50"), ("", "۴٬۰۲۱٫۵۰ EUR")])
def test_the_page_says_goods_terms_and_total(prefix, total, client, offered):
    answer = client.get(page(offered, prefix))
    html = answer.content.decode()
    assert total in html
    assert "DAP Hamburg" in html
    assert 'content="noindex, nofollow"' in html
    assert "no-store" in answer["Cache-Control"]


def test_a_draft_and_a_cancelled_one_are_not_there(client, filled):  # noqa: F811
    assert client.get(page(filled)).status_code == 404
    offer(consignment=filled, by=None)
    cancel(consignment=filled, reason="no", by=None)
    assert client.get(page(filled)).status_code == 404
    assert client.get("/en/proforma/guessed/").status_code == 404


def test_the_buyer_accepts_by_name(client, offered):
    seen = digest(client.get(page(offered)).content.decode())
    assert client.post(page(offered), {"name": "Erika Muster", "seen": seen})["Location"] == page(offered)
    assert Consignment.objects.get().accepted_by == "Erika Muster"
    assert "Accepted by Erika Muster" in client.get(page(offered)).content.decode()


@pytest.mark.parametrize("typed", [{}, {"name": "  "}])
def test_without_a_name_nothing_is_accepted(typed, client, offered):
    answer = client.post(page(offered), typed | {"seen": "x"})
    assert answer.status_code == 422
    assert Consignment.objects.get().state == "offered"


def test_what_changed_since_is_read_again_first(client, offered):
    seen = digest(client.get(page(offered)).content.decode())
    take_back(consignment=offered, by=None)
    price_line(line=offered.lines.get(passport=None), quantity=2, unit_minor=200_000)
    offer(consignment=offered, by=None)
    answer = client.post(page(offered), {"name": "Erika Muster", "seen": seen})
    html = answer.content.decode()
    assert (answer.status_code, "Please read it again" in html, 'value="Erika Muster"' in html) == (422, True, True)
    assert Consignment.objects.get().state == "offered"
    assert client.post(page(offered), {"name": "Erika Muster", "seen": digest(html)}).status_code == 302


def test_an_accepted_one_is_not_accepted_again(client, filled):  # noqa: F811
    accepted(filled)
    answer = client.post(page(filled), {"name": "Another", "seen": "x"})
    assert answer.status_code == 422
    assert Consignment.objects.get().accepted_by == "Erika Muster"
