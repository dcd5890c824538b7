"""What an officer chose to see. It lives in the address, so that a list can be kept, sent and come back to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from marketplace.core.models import User
from marketplace.core.persian import one_spelling
from marketplace.matters.models import Matter

ALL, MINE, NOBODYS = "all", "mine", "nobody"


@dataclass(frozen=True)
class Filter:
    """`place`: a province's slug, or "province/city". `state`: empty for what waits, else "decided". Empty fields narrow nothing."""

    who: str = ""
    kind: str = ""
    maker: str = ""
    place: str = ""
    overdue: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filter":
        """The filter of an address; what it does not know is left out."""
        told = {name: (query.get(name) or "").strip()[:80] for name in cls.__dataclass_fields__}
        return cls(**told | {"who": told["who"] if told["who"] in (MINE, NOBODYS) else ""})

    @property
    def is_decided(self) -> bool:
        return self.state == "decided"

    @property
    def narrows(self) -> bool:
        """Whether anything typed or chosen beside the tabs leaves matters out."""
        return bool(self.kind or self.maker or self.place)

    def fields(self) -> dict[str, str]:
        """Its parts that say something, as they stand in an address."""
        return {name: value for name, value in asdict(self).items() if value}

    def address(self, **changes: str) -> str:
        """The query of this filter with changes, "?" and all."""
        return "?" + urlencode(replace(self, **changes).fields())

    def suffix(self) -> str:
        """What follows a path to keep this filter; nothing when it narrows nothing."""
        return self.address() if self.fields() else ""

    def without(self, *names: str) -> "Filter":
        """The same, with these parts open."""
        return replace(self, **dict.fromkeys(names, ""))

    def apply(self, matters: QuerySet[Matter], *, user: Any, on: date) -> QuerySet[Matter]:
        """Those of the matters that it lets through."""
        return matters.filter(self._condition(user, on))

    def _condition(self, user: User, on: date) -> Q:
        chosen = Q(decided_at__isnull=not self.is_decided)
        if self.who:
            chosen &= Q(assigned_to=user if self.who == MINE else None)
        if self.kind:
            chosen &= Q(kind=self.kind)
        if self.overdue:
            chosen &= Q(due_on__lt=on)
        if self.place:
            province, _slash, city = self.place.partition("/")
            chosen &= Q(city__province__slug=province) & (Q(city__slug=city) if city else Q())
        for word in one_spelling(self.maker).split():
            chosen &= Q(maker__slug=word) | Q(maker__name_fa__icontains=word) | Q(maker__name_en__icontains=word)
        return chosen
