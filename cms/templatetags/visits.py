"""How sessions are written out for readers."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from marketplace.bookings.models import Session
from marketplace.bookings.words import LANGUAGES
from marketplace.core.clock import TEHRAN
from marketplace.maps.templatetags.maps import duration

register = template.Library()


@register.filter
def weekday(moment: datetime) -> str:
    """«جمعه» or Friday, in Tehran."""
    return str(WEEKDAYS[moment.astimezone(TEHRAN).weekday()])


@register.filter
def length_of(session: Session) -> str:
    """«۲ ساعت» or 2 h."""
    return duration(round((session.ends_at - session.starts_at).total_seconds() / 60))


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """«فارسی، انگلیسی»: a code without a name stands for itself."""
    names = dict(LANGUAGES)
    return str(_(", ")).join(str(names.get(code, code)) for code in codes)
