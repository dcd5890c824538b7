"""The sandbox is as strict as the gateway it stands for."""

import httpx
import pytest

from marketplace.payments.sandbox.app import SandboxGateway

MERCHANT = "0" * 36
GOOD = {
    "merchant_id": MERCHANT,
    "amount": 50_000,
    "currency": "IRR",
    "description": "<b>Order</b>",
    "callback_url": "http://shop.example/back?x=1",
}


@pytest.fixture
def hour() -> list[float]:
    """The gateway's clock, in seconds."""
    return [1_000_000.0]


@pytest.fixture
def shop(tmp_path, hour):
    app = SandboxGateway(tmp_path / "book.sqlite3")
    app.book.now = lambda: hour[0]
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://127.0.0.1:8001") as client:
        yield client


def call(shop, name: str, **body):
    return shop.post(f"/pg/v4/payment/{name}.json", json=body).json()


def opened(shop) -> str:
    return call(shop, "request", **GOOD)["data"]["authority"]


def pay(shop, authority: str, status: str) -> httpx.Response:
    return shop.post(f"/pg/StartPay/{authority}", data={"status": status})


def code(answer) -> int:
    return (answer["data"] or answer["errors"])["code"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, 100),
        ({"currency": "IRT"}, 100),
        ({"currency": ""}, -9),
        ({"amount": 9_999}, -9),
        ({"amount": "50000"}, -9),
        ({"amount": True}, -9),
        ({"amount": 10**13 + 1}, -41),
        ({"merchant_id": "short"}, -10),
        ({"callback_url": "javascript:alert(1)"}, -9),
        ({"description": ""}, -9),
    ],
)
def test_what_may_be_requested(shop, changed, expected):
    assert code(call(shop, "request", **GOOD | changed)) == expected


def test_a_payment_is_verified_once_and_again_as_before(shop):
    authority = opened(shop)
    asked = {"merchant_id": MERCHANT, "authority": authority, "amount": 50_000}
    assert code(call(shop, "verify", **asked)) == -51
    back = pay(shop, authority, "OK")
    assert (back.status_code, back.headers["location"]) == (
        303,
        f"http://shop.example/back?x=1&Authority={authority}&Status=OK",
    )
    assert call(shop, "unVerified", merchant_id=MERCHANT)["data"]["authorities"][0]["authority"] == authority
    assert code(call(shop, "verify", **asked | {"amount": 49_999})) == -50
    assert code(call(shop, "verify", **asked | {"merchant_id": "1" * 36})) == -53
    assert [code(call(shop, "verify", **asked)), code(call(shop, "verify", **asked))] == [100, 101]
    assert call(shop, "unVerified", merchant_id=MERCHANT)["data"]["authorities"] == []


def test_a_cancelled_payment_was_not_made(shop):
    authority = opened(shop)
    assert pay(shop, authority, "NOK").headers["location"].endswith("&Status=NOK")
    assert code(call(shop, "verify", merchant_id=MERCHANT, authority=authority, amount=50_000)) == -51
    assert pay(shop, authority, "OK").status_code == 404


def test_unknown_things(shop):
    assert code(call(shop, "verify", merchant_id=MERCHANT, authority="S0", amount=50_000)) == -54
    assert shop.get("/pg/StartPay/S0").status_code == 404
    assert shop.post("/pg/v4/payment/request.json", content=b"[1").json()["errors"]["code"] == -9
    assert shop.post("/pg/v4/payment/refund.json", json={}).status_code == 404
    assert [code(call(shop, name, merchant_id=MERCHANT, authority="S0")) for name in ("reverse", "inquiry")] == [
        -54
    ] * 2


def test_its_page_says_that_no_money_moves_and_escapes_what_a_shop_says(shop):
    page = shop.get(f"/pg/StartPay/{opened(shop)}").text
    assert "no money moves" in page
    assert "&lt;b&gt;Order&lt;/b&gt;" in page
    assert "۵۰٬۰۰۰ ریال" in page


def status(shop, authority: str) -> str:
    return call(shop, "inquiry", merchant_id=MERCHANT, authority=authority)["data"]["status"]


def test_a_payment_is_reversed_once(shop):
    authority = opened(shop)
    asked = {"merchant_id": MERCHANT, "authority": authority}
    assert (code(call(shop, "reverse", **asked)), status(shop, authority)) == (-61, "IN_BANK")
    pay(shop, authority, "OK")
    assert status(shop, authority) == "PAID"
    call(shop, "verify", **asked, amount=50_000)
    assert status(shop, authority) == "VERIFIED"
    assert code(call(shop, "reverse", **asked | {"merchant_id": "1" * 36})) == -53
    assert [code(call(shop, "reverse", **asked)), code(call(shop, "reverse", **asked))] == [100, -61]
    assert (status(shop, authority), code(call(shop, "verify", **asked, amount=50_000))) == ("REVERSED", -51)


def test_a_payment_is_reversed_within_thirty_minutes_of_paying(shop, hour):
    early, late = opened(shop), opened(shop)
    pay(shop, early, "OK")
    pay(shop, late, "OK")
    hour[0] += 30 * 60
    assert code(call(shop, "reverse", merchant_id=MERCHANT, authority=early)) == 100
    hour[0] += 1
    assert code(call(shop, "reverse", merchant_id=MERCHANT, authority=late)) == -63
    listed = call(shop, "unVerified", merchant_id=MERCHANT)["data"]["authorities"]
    assert [one["authority"] for one in listed] == [late]
