import pytest
from django.test import RequestFactory

from marketplace.ui.views import choose


def post(**data):
    return choose(RequestFactory().post("/ui/choose/", data))


def test_choice_is_kept_and_the_reader_stays_on_the_page():
    response = post(currency_unit="rial", next="/search/?q=%DA%AF")
    assert response.status_code == 302
    assert response["Location"] == "/search/?q=%DA%AF"
    assert response.cookies["currency_unit"].value == "rial"
    assert response.cookies["currency_unit"]["samesite"] == "Lax"
    assert "theme" not in response.cookies


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_way_back_never_leaves_the_site(target):
    assert post(theme="dark", next=target)["Location"] == "/"


@pytest.mark.parametrize("data", [{"currency_unit": "dollar"}, {"theme": "<b>"}, {"sessionid": "x"}])
def test_unknown_choice_sets_no_cookie(data):
    assert not post(**data).cookies


def test_choice_by_address_is_refused():
    response = choose(RequestFactory().get("/ui/choose/", {"theme": "dark"}))
    assert response.status_code == 405
    assert not response.cookies
