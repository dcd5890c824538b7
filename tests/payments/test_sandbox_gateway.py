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


IBAN = "IR820540102680020817909002"


def part(amount: object = 10_000, iban: str = IBAN) -> dict:
    return {"iban": iban, "amount": amount, "description": "share"}


@pytest.mark.parametrize(
    ("wages", "expected"),
    [
        ([part(), part(40_000)], 100),
        ([part()] * 6, -35),
        ([part(9_999)], -36),
        ([part(30_000), part(20_001)], -34),
        ([part(iban="IR82")], -38),
        ([part("10000")], -39),
        ("all", -39),
    ],
)
def test_which_splits_it_takes(shop, wages, expected):
    assert code(call(shop, "request", **GOOD, wages=wages)) == expected


def test_its_page_shows_the_parts_and_every_way_a_payment_can_go(shop):
    authority = call(shop, "request", **GOOD, wages=[part(12_000)])["data"]["authority"]
    page = shop.get(f"/pg/StartPay/{authority}").text
    assert [IBAN in page, "۱۲٬۰۰۰ ریال" in page] == [True, True]
    assert [way in page for way in ("OK", "NOK", "FAIL", "LATER", "OTHER")] == [True] * 5


def test_a_payment_that_failed_at_the_bank_was_not_made(shop):
    authority = opened(shop)
    assert pay(shop, authority, "FAIL").headers["location"].endswith("&Status=NOK")
    assert (
        status(shop, authority),
        code(call(shop, "verify", merchant_id=MERCHANT, authority=authority, amount=50_000)),
    ) == (
        "FAILED",
        -51,
    )


def test_a_payment_that_is_put_off_is_made_a_minute_later(shop, hour):
    authority = opened(shop)
    asked = {"merchant_id": MERCHANT, "authority": authority, "amount": 50_000}
    assert pay(shop, authority, "LATER").headers["location"].endswith("&Status=NOK")
    assert (code(call(shop, "verify", **asked)), status(shop, authority)) == (-51, "IN_BANK")
    hour[0] += 60
    assert [one["authority"] for one in call(shop, "unVerified", merchant_id=MERCHANT)["data"]["authorities"]] == [
        authority
    ]
    assert code(call(shop, "verify", **asked)) == 100


def test_another_amount_is_never_verified_as_ours_and_is_listed(shop):
    authority = opened(shop)
    shop.post(f"/pg/StartPay/{authority}", data={"status": "OTHER", "amount": "500000"})
    assert code(call(shop, "verify", merchant_id=MERCHANT, authority=authority, amount=50_000)) == -50
    assert call(shop, "unVerified", merchant_id=MERCHANT)["data"]["authorities"][0]["amount"] == 500_000


def graphql(shop, query: str, bearer: str = "t", **variables) -> httpx.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return shop.post("/api/v4/graphql/", json={"query": query, "variables": variables}, headers=headers)


def test_it_refunds_parts_of_what_was_verified_up_to_what_was_paid(shop):
    authority = opened(shop)
    pay(shop, authority, "OK")
    refund = {"query": "mutation { AddRefund(x) }", "session_id": "1", "amount": 20_000}
    assert "errors" in graphql(shop, **refund).json()
    call(shop, "verify", merchant_id=MERCHANT, authority=authority, amount=50_000)
    assert graphql(shop, **refund, bearer="").status_code == 401
    assert "errors" in graphql(shop, **refund | {"amount": 19_999}).json()
    given = [graphql(shop, **refund).json() for _ in range(3)]
    assert [one["data"] and one["data"]["resource"]["timeline"]["refund_amount"] for one in given] == [
        20_000,
        40_000,
        None,
    ]
    assert code(call(shop, "reverse", merchant_id=MERCHANT, authority=authority)) == -61
