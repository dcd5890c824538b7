import datetime
import re
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from marketplace.search.words import query_words
from marketplace.ui.preferences import ReaderPreferences
from marketplace.ui.templatetags.rasteh import found_title


def render(source: str, language: str = "fa", path: str = "/", **context) -> str:
    with override(language):
        request = RequestFactory().get(path)
        return Template("{% load rasteh %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("source", "persian", "english"),
    [
        ("{{ 180000000|money }}", "۱۸٬۰۰۰٬۰۰۰ تومان", "18,000,000 toman"),
        (
            "{% price 180000000 %}",
            "<bdi>۱۸٬۰۰۰٬۰۰۰</bdi> <small>تومان</small>",
            "<bdi>18,000,000</bdi> <small>toman</small>",
        ),
        ("{{ 1405|digits }}", "۱۴۰۵", "1405"),
        ("{{ 1200|grouped }}", "۱٬۲۰۰", "1,200"),
        ("{{ 3400|weight }}", "۳٫۴ کیلوگرم", "3.4 kg"),
        ("{{ 1200|length_cm }}", "۱۲۰ سانتی‌متر", "120 cm"),
        ("{% size 1200 800 %}", "۱۲۰ × ۸۰ سانتی‌متر", "120 × 80 cm"),
        (
            "{% phone '+989131110002' %}",
            '<bdi dir="ltr">۰۹۱۳\u00a0۱۱۱\u00a0۰۰۰۲</bdi>',
            '<bdi dir="ltr">+98\u00a0913\u00a0111\u00a00002</bdi>',
        ),
        ("{% phone '+4930123' %}", '<bdi dir="ltr">+۴۹۳۰۱۲۳</bdi>', '<bdi dir="ltr">+4930123</bdi>'),
        ("{{ 'Kilim, 100 × 64 cm'|unbroken }}", "Kilim, 100\u00a0×\u00a064 cm", "Kilim, 100\u00a0×\u00a064 cm"),
        ("{{ day|jalali }}", "۱۲ آبان ۱۴۰۵", "3 November 2026"),
        ("{{ day|jalali_brief }}", "۱۴۰۵/۰۸/۱۲", "2026-11-03"),
        ("{{ moment|jalali }}", "۱۲ آبان ۱۴۰۵", "3 November 2026"),
        ("{{ moment|jalali_time }}", "۱۲ آبان ۱۴۰۵، ۰۰:۱۵", "3 November 2026, 00:15"),
    ],
)
def test_values_are_shown_as_the_language_expects(source, persian, english):
    # 20:45 UTC on the second is a quarter past midnight of the third in Tehran
    moment = datetime.datetime(2026, 11, 2, 20, 45, tzinfo=ZoneInfo("UTC"))
    context = {"day": datetime.date(2026, 11, 3), "moment": moment}
    assert render(source, "fa", **context) == persian
    assert render(source, "en", **context) == english


@pytest.mark.parametrize(
    "source", ["{{ none|money }}", "{% price none %}", "{{ none|jalali }}", "{{ none|weight }}", "{% ltr none %}"]
)
def test_nothing_is_shown_for_an_unknown_value(source):
    assert render(source, none=None) == ""


def test_price_from_the_database_is_shown_whole():
    assert render("{{ price|money }}", price=Decimal("45000000.00")) == "۴٬۵۰۰٬۰۰۰ تومان"


@pytest.mark.parametrize(
    ("cookie", "shown"), [("rial", "۱۸۰٬۰۰۰ ریال"), ("toman", "۱۸٬۰۰۰ تومان"), ("<dollar>", "۱۸٬۰۰۰ تومان")]
)
def test_reader_who_chose_rial_sees_rial(cookie, shown):
    request = RequestFactory(headers={"cookie": f"currency_unit={cookie}"}).get("/")
    assert ReaderPreferences(lambda _: render("{{ 180000|money }}"))(request) == shown
    assert render("{{ 180000|money }}") == "۱۸٬۰۰۰ تومان"


def test_text_is_taken_in_the_language_or_else_in_the_other():
    both = SimpleNamespace(title_fa="گلیم", title_en="Kilim")
    persian = SimpleNamespace(title_fa="گلیم", title_en="")
    plain = SimpleNamespace(title="Gelim")
    assert render('{{ work|in_language:"title" }}', "fa", work=both) == "گلیم"
    assert render('{{ work|in_language:"title" }}', "en", work=both) == "Kilim"
    assert render('{{ work|in_language:"title" }}', "en", work=persian) == "گلیم"
    assert render('{{ work|in_language:"title" }}', "fa", work=plain) == "Gelim"


def test_code_stands_in_a_left_to_right_run_and_is_escaped():
    assert render("{% ltr code %}", code="7QK4-<9T>") == '<bdi dir="ltr">7QK4-&lt;9T&gt;</bdi>'


@pytest.mark.parametrize(
    ("path", "language", "other", "address"),
    [
        ("/no-such-page/?q=1", "fa", "en", "/en/no-such-page/?q=1"),
        ("/en/no-such-page/?q=1", "en", "fa", "/no-such-page/?q=1"),
        ("/search/?q=1", "fa", "en", "/en/search/?q=1"),
        ("/en/search/?q=1", "en", "fa", "/search/?q=1"),
        ("/enamel/", "fa", "en", "/en/enamel/"),
        ("/en/no-such-page/", "en", "en", "/en/no-such-page/"),
    ],
)
def test_language_switch_stays_on_the_page(settings, path, language, other, address):
    settings.ROOT_URLCONF = "tests.ui.urls"
    assert render(f"{{% switch_language_url '{other}' %}}", language, path) == address


def test_language_switch_follows_the_address_a_page_names():
    page = {"alternate_urls": {"en": "/en/places/sirjan/"}}
    assert render("{% switch_language_url 'en' %}", "fa", "/x/", **page) == "/en/places/sirjan/"


def test_page_url_changes_one_field_and_keeps_the_others():
    source = "{% autoescape off %}{% page_url 'cursor' 'abc' %}{% endautoescape %}"
    assert render(source, path="/search/?city=a&city=b&cursor=old") == "?city=a&city=b&cursor=abc"


class Words(forms.Form):
    title_fa = forms.CharField()
    text_en = forms.CharField(widget=forms.Textarea)
    code_en = forms.CharField(widget=forms.TextInput(attrs={"dir": "auto"}))
    craft_en = forms.ChoiceField(choices=[("a", "A")])
    city = forms.CharField()


@pytest.mark.parametrize(
    ("name", "tells"),
    [("title_fa", ("fa", "rtl")), ("text_en", ("en", "ltr")), ("code_en", ("", "auto")), ("craft_en", ("", "")), ("city", ("", ""))],
)  # fmt: skip
def test_a_control_reads_in_the_direction_of_its_own_language(name, tells):
    html = render("{{ field|control }}", field=Words()[name])
    found = [re.search(rf'\b{attribute}="(\w+)"', html) for attribute in ("lang", "dir")]
    assert tuple(hit[1] if hit else "" for hit in found) == tells


def test_a_found_title_is_marked_and_escaped():
    words = tuple(query_words("kilim"))
    assert found_title({"marks": words}, "<b> kilim") == "&lt;b&gt; <mark>kilim</mark>"
    assert found_title({}, "<b> 100 × 64") == "&lt;b&gt; 100\u00a0×\u00a064"
