"""The buyers of the bench: each is led from a basket to an order over HTTP, and what goes wrong is told."""

import pytest

from marketplace.bench import buyers
from marketplace.bench.buyers import Buyer, NotSold, Seen, pressed

PAGE = """<form><input type="hidden" name="total" value="180">
<input type="radio" name="delivery-3" value="post" checked><input type="radio" name="delivery-3" value="pickup">
<input type="text" name="note" value="x"><input type="hidden" name="lost_seals" value=""></form>"""
BACK = "https://127.0.0.1/pay/fa/PAY-1/?Authority=S1&Status=OK"


class Market:
    """Answers by path, in place of the network, and keeps what it was asked."""

    def __init__(self, monkeypatch, **other) -> None:
        self.asked: list[tuple[str, dict | None]] = []
        self.answers = {
            "/basket/add/": (302, "/basket/", ""),
            "/checkout/": (302, "/checkout/pay/", ""),
            "/checkout/pay/": (200, "", PAGE),
            "/pay/fa/PAY-1/?Authority=S1&Status=OK": (302, "/checkout/done/RST-1/", ""),
            "/checkout/done/RST-1/": (200, "", "RST-1"),
        }
        monkeypatch.setattr(Buyer, "_ask", lambda _buyer, _method, path, form=None: self.answer(path, form))
        monkeypatch.setattr(buyers, "_press", lambda gateway: BACK)

    def answer(self, path, form):
        self.asked.append((path, form))
        if path == "/checkout/pay/" and form:
            return 302, "http://127.0.0.1:9/pg/StartPay/S1", ""
        return self.answers[path]


@pytest.fixture
def market(monkeypatch) -> Market:
    return Market(monkeypatch)


def ready(offers=(7, 8)) -> Buyer:
    buyer = Buyer(1, 0)
    buyer.prepare(offers)
    return buyer


def test_a_basket_is_filled_and_the_form_is_what_a_browser_sends(market):
    assert ready().form == {"total": "180", "delivery-3": "post", "lost_seals": ""}
    assert [path for path, _form in market.asked] == ["/basket/add/"] * 2 + ["/checkout/", "/checkout/pay/"]
    assert [form["offer"] for _path, form in market.asked[:2]] == ["7", "8"]


def test_an_order_is_four_steps(market):
    buyer = ready()
    seen = pressed([buyer], 4)
    assert (len(seen.orders), [len(steps) for steps in seen.orders], seen.wrong) == (1, [len(buyers.STEPS)], [])
    assert market.asked[-1] == ("/checkout/done/RST-1/", None)


def test_a_page_in_place_of_the_way_to_pay_is_told_and_counts_as_no_order(market):
    buyer = ready()
    market.answers["/pay/fa/PAY-1/?Authority=S1&Status=OK"] = (500, "", "Sorry")
    assert pressed([buyer], 1) == Seen(
        [], ["NotSold: /pay/fa/PAY-1/?Authority=S1&Status=OK answered 500: Sorry"], pytest.approx(0, abs=5)
    )


def test_thanks_without_a_number_are_no_order(market):
    buyer = ready()
    market.answers["/checkout/done/RST-1/"] = (200, "", "still asking")
    with pytest.raises(NotSold, match="thanks"):
        buyer.buy()


def test_a_basket_that_cannot_be_paid_for_is_told_before_anything_is_measured(market):
    market.answers["/checkout/pay/"] = (302, "/basket/", "")
    with pytest.raises(NotSold, match="pay page"):
        ready()


def test_cookies_are_kept():
    buyer = Buyer(1, 0)
    buyer._keep(["sessionid=abc; Path=/; HttpOnly", "csrftoken=b; Secure"])
    assert buyer.cookies == {"csrftoken": "b", "sessionid": "abc"}
