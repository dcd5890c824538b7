"""The ways in which a buyer can pay: each gateway that the operator offers, in each currency it takes and has a rate for today.

Which card a buyer holds is theirs to know: every way is offered, and says what it takes. The first is the operator's first choice.
"""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from marketplace.core.clock import today
from marketplace.payments import gateways
from marketplace.payments.foreign import RIAL, in_hundredths, rates_on
from marketplace.payments.gateways.base import Gateway
from marketplace.payments.models import ForeignRate
from marketplace.payments.names import NAMES
from marketplace.payments.rules import require_offered_way


@dataclass(frozen=True)
class Way:
    """One gateway in one currency, for the kind of buyer it takes. `rate` is of another currency than the rial."""

    gateway: Gateway
    currency: str
    buyer: str
    rate: ForeignRate | None = None

    @property
    def code(self) -> str:
        """As a form carries it."""
        return f"{self.gateway.name}-{self.currency}"

    @property
    def name(self) -> str:
        """In the active language."""
        return str(NAMES.get(self.gateway.name, self.gateway.name))

    def amount_minor(self, amount_rial: int) -> int | None:
        """What it comes to in hundredths of the way's own currency; None for the rial."""
        return in_hundredths(amount_rial, self.rate.rial_per_unit) if self.rate else None


def offered_ways() -> list[Way]:
    """Every way there is today, the operator's first choice first. One query, and only where another currency is offered.

    Raises ImproperlyConfigured when there is none.
    """
    every = [(gateway, currency) for gateway in gateways.every() for currency in gateway.terms.currencies]
    rates = rates_on({currency for _gateway, currency in every if currency != RIAL}, today())
    ways = [
        Way(gateway, currency, gateway.terms.buyers[0], rates.get(currency))
        for gateway, currency in every
        if gateway.terms.buyers and (currency == RIAL or currency in rates)
    ]
    if not ways:
        raise ImproperlyConfigured("PAYMENT_GATEWAY: no gateway takes a currency that has a rate today.")
    return ways


def chosen_way(code: str = "") -> Way:
    """The way that a buyer chose, or the first. Raises ValidationError with code `way_not_offered`."""
    there = offered_ways()
    require_offered_way(code, [way.code for way in there])
    return next(way for way in there if code in ("", way.code))
