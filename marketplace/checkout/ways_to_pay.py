"""The choice of the way to pay, as the page shows it: nothing where there is only one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.checkout.memory import kept_way
from marketplace.payments.ways import Way, offered_ways

_TAKES: dict[str, Any] = {
    "zarinpal": gettext_lazy("A card of any Iranian bank, in rial."),
    "sandbox": gettext_lazy("For the demo: no card is asked for, and nothing is paid."),
}


@dataclass(frozen=True)
class ShownWay:
    """One way. `takes` says which cards, and what is paid there."""

    code: str
    name: str
    takes: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """`chosen` is the way whose terms the page goes by; `shown` is empty where there is nothing to choose."""

    chosen: Way
    shown: list[ShownWay]


def choice_of(request: HttpRequest, amount_rial: int) -> Choice:
    """What this reader can choose among; what was chosen before stands while it is offered."""
    ways = offered_ways()
    kept = kept_way(request)
    chosen = next((way for way in ways if way.code == kept), ways[0])
    return Choice(chosen, _shown(ways, chosen, amount_rial) if len(ways) > 1 else [])


def _shown(ways: Sequence[Way], chosen: Way, amount_rial: int) -> list[ShownWay]:
    return [ShownWay(way.code, way.name, _takes(way, amount_rial), way is chosen) for way in ways]


def _takes(way: Way, amount_rial: int) -> str:
    minor = way.amount_minor(amount_rial)
    if minor is None:
        return str(_TAKES.get(way.gateway.name, ""))
    price = f"\u2066{way.currency} {minor // 100:,}.{minor % 100:02}\u2069"
    return _("A card from abroad: %(price)s, by the market's rate of today.") % {"price": price}
