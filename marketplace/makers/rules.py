"""Rules of makers: whose joining is approved offers works; which days a break may have, and what is not sold while it lasts."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import group_digits
from marketplace.makers.holidays import day_in_words
from marketplace.makers.models import Holiday, Maker

#: Days; whoever rests longer closes their workshop.
LONGEST_HOLIDAY = 183


#: What a maker who may not offer works reads, by state.
_NOT_ACTIVE = {
    Maker.State.STARTED: _(
        "Your joining is not finished. Complete its checklist and send it; then your works can be offered."
    ),
    Maker.State.WAITING: _(
        "Your joining is with an officer. Your drafts are kept; you can list them once it is approved."
    ),
    Maker.State.RETURNED: _("Your joining was returned. See in its checklist what is missing, and send it again."),
    Maker.State.SUSPENDED: _(
        "This workshop is suspended; nothing of it is offered meanwhile. The reason stands on the desk."
    ),
    Maker.State.CLOSED: _("This workshop is closed; nothing of it is offered."),
}


def require_active_maker(maker: Maker | None) -> None:
    """Only a maker whose joining was approved, and who is neither suspended nor closed, offers works.

    Raises ValidationError with code `maker_not_active`.
    """
    if maker is not None and maker.state != Maker.State.ACTIVE:
        raise ValidationError(_NOT_ACTIVE[Maker.State(maker.state)], code="maker_not_active")


def require_maker_at_work(maker: Maker | None, *, on: date, in_venue: bool) -> None:
    """Nothing of a workshop that rests is sold; what venues offer is, unless its maker said otherwise.

    Raises ValidationError with code `maker_rests`.
    """
    rest = maker.break_on(on, in_venue=in_venue) if maker is not None else None
    if maker is None or rest is None or not rest.is_closed:
        return
    raise ValidationError(
        _("“%(maker)s” rests from %(first)s to %(last)s. Its works can be bought again after that."),
        code="maker_rests",
        params={
            "maker": _Name(maker),
            "first": day_in_words(rest.first),
            "last": day_in_words(rest.last),
        },
    )


def _digits(count: int) -> str:
    return group_digits(count, language=(get_language() or "fa")[:2])


class _Name:
    """A maker's name, in the language in which it is read."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker

    def __str__(self) -> str:
        return self.maker.name


def require_days_of_holiday(first: date, last: date, *, on: date) -> None:
    """A break is told before it begins, ends after it begins, and is not longer than `LONGEST_HOLIDAY` days.

    Raises ValidationError with code `begins_before_today`, `ends_before_it_begins` or `too_long`.
    """
    if first < on:
        raise ValidationError(_("A break begins today or later."), code="begins_before_today")
    if last < first:
        raise ValidationError(_("A break cannot end before it begins."), code="ends_before_it_begins")
    if last - first >= timedelta(days=LONGEST_HOLIDAY):
        raise ValidationError(
            _("A break lasts %(most)s days at most."),
            code="too_long",
            params={"most": _digits(LONGEST_HOLIDAY)},
        )


def require_own_days(first: date, last: date, others: Iterable[Holiday]) -> None:
    """No two breaks of a maker share a day. Raises ValidationError with code `overlaps`."""
    for other in others:
        if first <= other.last and other.first <= last:
            raise ValidationError(
                _("You rest from %(first)s to %(last)s already. Choose other days, or end that break first."),
                code="overlaps",
                params={"first": day_in_words(other.first), "last": day_in_words(other.last)},
            )


def require_not_over(holiday: Holiday, *, on: date) -> None:
    """Raises ValidationError with code `over` for a break that has passed."""
    if holiday.last < on:
        raise ValidationError(_("This break is over already."), code="over")
