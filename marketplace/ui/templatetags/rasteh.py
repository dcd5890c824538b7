"""Template tags that turn stored values into what a reader of this language expects."""

import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings
from django.forms import BoundField, Textarea, TextInput
from django.http import QueryDict
from django.template.defaultfilters import date as gregorian
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.core import measures
from marketplace.core import money as money_words
from marketplace.core.jalali import jalali_long, jalali_short, month_name
from marketplace.core.persian import group_digits, to_persian_digits
from marketplace.search.highlight import pieces
from marketplace.ui.preferences import current_unit
from marketplace.ui.weave import weave as woven_patch

register = template.Library()

PERSIAN = "fa"


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@register.filter
def money(rial: int | Decimal | None) -> str:
    """«۱۸٬۰۰۰٬۰۰۰ تومان» from rial, in the reader's unit; empty for no price."""
    if rial is None or rial == "":
        return ""
    return money_words.money_text(rial, unit=current_unit(), language=_language())


@register.simple_tag
def price(rial: int | Decimal | None) -> str | SafeString:
    """Like `money`, with the unit in <small> so that the number leads."""
    if rial is None or rial == "":
        return ""
    unit, language = current_unit(), _language()
    return format_html(
        "<bdi>{}</bdi> <small>{}</small>",
        money_words.amount_text(rial, unit=unit, language=language),
        money_words.unit_word(unit, language=language),
    )


@register.simple_tag
def other_unit(rial: int | Decimal | None) -> str:
    """The same sum in the unit that the reader did not choose, so that toman and rial cannot be taken for one another."""
    if not rial:
        return ""
    other = money_words.RIAL if current_unit() == money_words.TOMAN else money_words.TOMAN
    return money_words.money_text(rial, unit=other, language=_language())


@register.filter
def digits(value: object) -> str:
    """`value` with the digits of the active language, ungrouped (years, counts in a sentence, codes of places)."""
    text = "" if value is None else str(value)
    return to_persian_digits(text) if _language() == PERSIAN else text


@register.filter
def grouped(number: int | Decimal | None) -> str:
    """A count in groups of three: «۱٬۲۰۰» or 1,200."""
    return "" if number is None else group_digits(number, language=_language())


def _local_day(moment: datetime.date) -> datetime.date:
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


@register.filter
def jalali(moment: datetime.date | None) -> str:
    """«۱۲ آبان ۱۴۰۵» in Persian, 3 November 2026 elsewhere; a moment counts in local time."""
    if not moment:
        return ""
    day = _local_day(moment)
    return jalali_long(day) if _language() == PERSIAN else gregorian(day, "j F Y")


@register.filter
def jalali_brief(moment: datetime.date | None) -> str:
    """«۱۴۰۵/۰۸/۱۲» in Persian, 2026-11-03 elsewhere; for tables and form fields."""
    if not moment:
        return ""
    day = _local_day(moment)
    return jalali_short(day) if _language() == PERSIAN else day.isoformat()


@register.filter
def jalali_month(moment: datetime.date | None) -> str:
    """«آذر ۱۴۰۵», or Azar 1405 elsewhere: rent and reports go by the months of Iran in every language."""
    return month_name(_local_day(moment)) if moment else ""


@register.filter
def jalali_time(moment: datetime.datetime | None) -> str:
    """«۱۲ آبان ۱۴۰۵، ۱۴:۰۵» or 3 November 2026, 14:05, in local time."""
    if not moment:
        return ""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    comma = "،" if _language() == PERSIAN else ","
    return f"{jalali(moment)}{comma} {digits(local.strftime('%H:%M'))}"


@register.filter
def weight(grams: int | None) -> str:
    """«۳٫۴ کیلوگرم» or 3.4 kg."""
    return measures.weight_text(grams, language=_language()) if grams else ""


@register.filter
def length_cm(mm: int | None) -> str:
    """«۱۲۰ سانتی‌متر» or 120 cm, from millimetres."""
    return measures.length_text(mm, language=_language()) if mm else ""


@register.simple_tag
def size(*sides_mm: int | None) -> str:
    """«۱۲۰ × ۸۰ سانتی‌متر» from the sides in millimetres; unknown sides are left out."""
    return measures.size_text(*sides_mm, language=_language())


@register.filter
def in_language(thing: Any, field: str) -> Any:
    """`thing.<field>_fa` or `_en` by the active language; when that is empty the other one, then `thing.<field>`."""
    mine, other = (field + "_fa", field + "_en")
    if _language() != PERSIAN:
        mine, other = other, mine
    return getattr(thing, mine, "") or getattr(thing, other, "") or getattr(thing, field, "")


@register.filter
def control(field: BoundField) -> SafeString:
    """A form's control; what is written in a language of its own (`…_fa`, `…_en`) reads in that language's direction."""
    language = field.name[-2:] if field.name[-3:] in ("_fa", "_en") else ""
    if not language or "dir" in field.field.widget.attrs or not isinstance(field.field.widget, TextInput | Textarea):
        return field.as_widget()
    return field.as_widget(attrs={"lang": language, "dir": "rtl" if language == PERSIAN else "ltr"})


@register.simple_tag
def ltr(code: object) -> str | SafeString:
    """A code in a left-to-right run, so that its parts keep their order inside Persian."""
    return format_html('<bdi dir="ltr">{}</bdi>', code) if code not in (None, "") else ""


@register.simple_tag
def phone(number: str) -> str | SafeString:
    """«۰۹۱۳ ۱۱۱ ۰۰۰۲» or +98 913 111 0002 from an Iranian number as stored (+98…); another country's as it is."""
    home, rest = ("0", number[3:]) if _language() == PERSIAN else ("+98 ", number[3:])
    known = number.startswith("+98") and len(rest) == 10
    shown = digits(f"{home}{rest[:3]} {rest[3:6]} {rest[6:]}" if known else number)
    return ltr(shown.replace(" ", "\u00a0"))


@register.filter
def unbroken(text: str) -> str:
    """A title whose measures stay on one line: «۱۰۰ × ۶۴»."""
    return str(text).replace(" × ", "\u00a0×\u00a0")


@register.simple_tag(takes_context=True)
def found_title(context: template.Context, text: str) -> SafeString:
    """A title, `unbroken`, with the words of the page's search (`marks`, where it has one) marked."""
    words = context.get("marks", ())
    whole = unbroken(text)
    if not words:
        return format_html("{}", whole)
    shown = ((format_html("<mark>{}</mark>", piece) if found else piece,) for piece, found in pieces(whole, words))
    return format_html_join("", "{}", shown)


@register.simple_tag
def weave(slug: str) -> SafeString:
    """The woven patch that stands where a maker has no portrait."""
    return woven_patch(slug)


@register.simple_tag(takes_context=True)
def switch_language_url(context: template.Context, code: str) -> str:
    """This page in the language `code`.

    A page whose slug differs by language puts `alternate_urls` (code → address) in the context.
    An address that no view knows (404) only changes its prefix.
    """
    known = (context.get("alternate_urls") or {}).get(code)
    request = context.get("request")
    if known or not request:
        return known or _with_prefix("/", code)
    here = request.get_full_path()
    translated = translate_url(here, code)
    return translated if translated != here or code == _language() else _with_prefix(here, code)


def _with_prefix(address: str, code: str) -> str:
    """`address` under /<code>/, or under / for the default language (prefix_default_language=False)."""
    scheme, host, path, query, fragment = urlsplit(address)
    first, _, rest = path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        path = "/" + rest
    if code != settings.LANGUAGE_CODE:
        path = f"/{code}{path}"
    return urlunsplit((scheme, host, path, query, fragment))


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, name: str, value: object) -> str:
    """This page's address with the query field `name` set to `value` (left out when empty)."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(name, None)
    if value not in (None, ""):
        query[name] = str(value)
    return "?" + query.urlencode()
