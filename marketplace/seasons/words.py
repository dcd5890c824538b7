"""Words of a report for what is stored as codes."""

from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from marketplace.bazaars.models import LicenceEvent
from marketplace.core.jalali import day_in_words
from marketplace.core.money import money_text
from marketplace.core.persian import group_digits
from marketplace.listing.withdrawals import Because
from marketplace.rounds.models import About, Measure

#: Steps of the ladder in the order in which they are told.
STEPS = tuple(kind for kind in Measure.Kind if kind != Measure.Kind.DECISION)


def language() -> str:
    """The reader's: "fa" or "en"."""
    return (get_language() or "fa")[:2]


def count(number: int) -> str:
    """A count in the reader's digits."""
    return group_digits(number, language=language())


def money(rial: int, unit: str) -> str:
    """An amount with its unit ("rial" or "toman")."""
    return money_text(rial, unit=unit, language=language())


def finding(about: str) -> str:
    """A finding by what it is of."""
    return _("Findings: %(about)s") % {"about": About(about).label if about in About.values else about}


def step(kind: str) -> str:
    """Steps against stalls, in the plural."""
    words = {
        Measure.Kind.WARNING: _("Warnings"),
        Measure.Kind.MENDED: _("Warnings that were mended"),
        Measure.Kind.CLOSURE: _("Closures"),
        Measure.Kind.APPEAL: _("Appeals"),
        Measure.Kind.LIFTING: _("Closures that were lifted"),
    }
    return str(words[Measure.Kind(kind)])


def outcome(how: str) -> str:
    """Decisions on appeals by their outcome."""
    return _("Appeals decided: %(outcome)s") % {"outcome": Measure.Outcome(how).label}


def refusal(code: str, reason: str) -> str:
    """Why a rule said no. A code without words of its own is shown as it is stored."""
    if code == "foreign_goods":
        foreign = {
            "foreign": _("Foreign goods rule: of foreign origin"),
            "unproven": _("Foreign goods rule: Iranian origin not proven"),
            "disputed": _("Foreign goods rule: origin disputed"),
            "lapsed": _("Foreign goods rule: the production licence had ended"),
        }
        return foreign.get(reason) or _("Foreign goods rule: reason not known")
    others = {
        "venue_closed": _("The venue was not open for sale"),
        "out_of_trade": _("Not of the lease's registered trade"),
        "stall_closed": _("The stall was closed"),
    }
    return others.get(code, code)


def withdrawn(because: str) -> str:
    """Offers that ended, by reason."""
    words = {
        Because.ORIGIN: _("Withdrawn: the work's origin changed"),
        Because.VENUE: _("Withdrawn: the foreign goods rule began to bind the venue"),
        Because.PERMIT: _("Withdrawn: no import permit"),
        Because.SEAL: _("Withdrawn: it named a seal that it did not have"),
        Because.MAKER: _("Withdrawn by the maker"),
        Because.CLOSURE: _("Withdrawn: the stall was closed"),
    }
    return words.get(because) or _("Withdrawn: %(reason)s") % {"reason": because or "—"}


def let_of(let: int, stalls: int) -> str:
    """How many of the stalls are let."""
    return _("%(let)s of %(stalls)s let") % {"let": count(let), "stalls": count(stalls)}


def days_counted(days: int) -> str:
    """Over how many days shares are counted."""
    return ngettext(
        "Counted over %(days)s day, until today at most.", "Counted over %(days)s days, until today at most.", days
    ) % {"days": count(days)}


def received(rial: int, unit: str) -> str:
    """What came in, for whatever month."""
    return _("Payments dated in this time, for any month: %(amount)s.") % {"amount": money(rial, unit)}


def stock_on(day: date, rial: int, unit: str) -> str:
    """Of which day a count is, and what it would bring."""
    return _("As it stands on %(day)s. What is left would bring %(amount)s at its prices of today.") % {
        "day": day_in_words(day),
        "amount": money(rial, unit),
    }


def event(kind: str, on: date) -> str:
    """What happened to a licence, and when."""
    label = LicenceEvent.Kind(kind).label if kind in LicenceEvent.Kind.values else kind
    return pgettext("what happened, and when", "%(what)s on %(day)s") % {"what": label, "day": day_in_words(on)}
