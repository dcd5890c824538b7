"""A maker's breaks as rules and pages read them: from the maker's own row, which every sale has at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.template.defaultfilters import date as gregorian
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.jalali import jalali_long

ONE_DAY = timedelta(days=1)


class Way(models.TextChoices):
    """What becomes of orders during a break."""

    CLOSED = "closed", _("Nothing can be bought; my works stay to be seen")
    LATER = "later", _("Orders are taken, and their days count from the day after the break")


def _in_words(day: date) -> str:
    return jalali_long(day) if (get_language() or "fa").startswith("fa") else gregorian(day, "j F Y")


#: A day in the reader's language, asked when the sentence is read.
day_in_words = lazy(_in_words, str)


@dataclass(frozen=True)
class Break:
    """Days from `first` to `last`, both included. `in_venues`: what the maker offers in venues rests too."""

    first: date
    last: date
    way: str
    in_venues: bool = False
    words_fa: str = ""
    words_en: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be bought meanwhile."""
        return self.way == Way.CLOSED

    @property
    def words(self) -> str:
        """What the maker says of it in the reader's language, else in the other one."""
        mine, other = self.words_fa, self.words_en
        if not (get_language() or "fa").startswith("fa"):
            mine, other = other, mine
        return mine or other

    def touches(self, day: date, *, in_venue: bool) -> bool:
        """Whether an offer rests on a day: one of the workshop, or one in a venue where the maker said so."""
        return self.first <= day <= self.last and (self.in_venues or not in_venue)

    def as_kept(self) -> dict[str, Any]:
        """As the maker's row keeps it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "way": self.way,
            "in_venues": self.in_venues,
            "words_fa": self.words_fa,
            "words_en": self.words_en,
        }


def breaks_of(kept: Iterable[dict[str, Any]]) -> list[Break]:
    """The breaks that a maker's row keeps, the earliest first."""
    return [
        Break(**{**each, "first": date.fromisoformat(each["first"]), "last": date.fromisoformat(each["last"])})
        for each in kept
    ]
