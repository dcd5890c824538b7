"""How sessions are written out for readers."""

from collections.abc import Iterable
from datetime import datetime, time

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.bookings.models import Session
from marketplace.bookings.plans import Plan
from marketplace.bookings.words import LANGUAGES
from marketplace.core.clock import TEHRAN
from marketplace.maps.templatetags.maps import duration
from marketplace.ui.templatetags.rasteh import digits

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


@register.filter
def weekday_name(weekday: int) -> str:
    """«جمعه» or Friday, from Python's number of a weekday."""
    return str(WEEKDAYS[weekday])


@register.filter
def hour(at: time) -> str:
    """«۱۰:۰۰» or 10:00."""
    return digits(f"{at:%H:%M}")


@register.filter
def plan_title(plan: Plan) -> str:
    """A visit's title in the reader's language."""
    english = (get_language() or "fa").startswith("en")
    return (plan.title_en or plan.title_fa) if english else plan.title_fa
