"""How to mend a refusal: for each reason why the rule stands, where it comes from, and the steps a seller can take. One table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.rules import forbid_passing_as_local, require_import_permit
from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue, why_not_domestic
from marketplace.core.clock import today

_MINUTES = _("Minutes of the dialogue council of government and private sector, Kerman province")
_OURS = _("A rule of this market")


@dataclass(frozen=True)
class Step:
    """One thing to do; `page` leads to where it is done (it may need the work), `label` is what the link says."""

    text: Any
    label: Any = ""
    page: Callable[[Product], str] | None = None
    #: Where the step is done for a work that is not listed yet.
    without_work: str = ""

    def address(self, work: Product | None) -> str:
        """The page of this step, or nothing."""
        if work is None or work.pk is None:
            return self.without_work if self.without_work.startswith("#") or not self.without_work else _at(self)
        return self.page(work) if self.page else ""


def _at(step: Step) -> str:
    return reverse(step.without_work)


@dataclass(frozen=True)
class Mending:
    """A reason: its name, why the rule stands, its source, and the steps."""

    title: Any
    why: Any
    source: Any
    steps: tuple[Step, ...]


def _of(name: str, part: str = "") -> Callable[[Product], str]:
    return lambda work: reverse(name, args=[work.pk]) + part


_OUTSIDE = Step(
    _(
        "Offer it in your workshop, or in a place that Cultural Heritage has not licensed; there it is sold under its label."
    ),
    _("Offer it elsewhere"),
    _of("desks:work", "#offer"),
)
_ADD_LICENCE = Step(
    _(
        "Send your production licence for this craft's group in; once an officer has checked it, your works count as Iranian at once."
    ),
    _("Send a production licence"),
    lambda work: reverse("desks:licence-send"),
    without_work="desks:licence-send",
)
_RENEW_LICENCE = Step(
    _("Send the renewed production licence in; once an officer has checked it, the work can be offered there again."),
    _("Send the renewed licence"),
    lambda work: reverse("desks:licence-send"),
    without_work="desks:licence-send",
)
_ASK = Step(
    _(
        "Ask an officer to verify the origin, with documents: photos of the work on the loom or the bench, receipts of materials."
    ),
    _("Ask for a verification"),
    _of("desks:origin-ask"),
)
_PERMIT = Step(
    _("Register the import permit (green customs paper): its number, its date and a scan."),
    _("Register the import permit"),
    _of("desks:work-edit", "#permit"),
    without_work="#permit",
)
_TRUE_COUNTRY = Step(
    _("If the country was chosen by mistake, put it right."),
    _("Change the country"),
    _of("desks:work-edit", "#origin"),
    without_work="#origin",
)
_WORDS = Step(
    _("Take the words out of the title and the description; the country of origin may of course be named."),
    _("Change the words"),
    _of("desks:work-edit"),
    without_work="#words",
)
_WAIT_OFFICER = Step(
    _("Wait for the officer's decision; you get a message, and you may answer and appeal."),
    _("See your matters"),
    lambda work: reverse("desks:matters"),
    without_work="desks:matters",
)
_WAIT_VENUE = Step(_("Wait until the place is open again: its manager sends the licence or its renewal in."))
_LICENSED_ONLY = _(
    "Bazaars, shops and tourism centres licensed by Cultural Heritage may sell Iranian handicrafts only. The rule looks at "
    "the proof of origin, never at the person."
)

MENDINGS: dict[str, Mending] = {
    "foreign_goods:foreign": Mending(_("Foreign works have no place here"), _LICENSED_ONLY, _MINUTES, (_OUTSIDE, _ASK)),
    "foreign_goods:unproven": Mending(
        _("The Iranian origin is not proven yet"), _LICENSED_ONLY, _MINUTES, (_ADD_LICENCE, _ASK, _OUTSIDE)
    ),
    "foreign_goods:lapsed": Mending(
        _("The production licence has ended"), _LICENSED_ONLY, _MINUTES, (_RENEW_LICENCE, _ASK, _OUTSIDE)
    ),
    "foreign_goods:disputed": Mending(
        _("The origin is disputed"), _LICENSED_ONLY, _MINUTES, (_WAIT_OFFICER, _ASK, _OUTSIDE)
    ),
    "no_import_permit": Mending(
        _("An import permit is missing"),
        _(
            "A work from abroad is sold here only when its legal import is shown, and always under the label “foreign origin”. "
            "The permit opens no place licensed by Cultural Heritage."
        ),
        _OURS,
        (_PERMIT, _TRUE_COUNTRY),
    ),
    "passes_as_local": Mending(
        _("A foreign work cannot be called Iranian"),
        _(
            "Buyers must be able to rely on the word “Iranian” and on seals; a foreign work is sold under its own label."
        ),
        _OURS,
        (_WORDS, _TRUE_COUNTRY, _ASK),
    ),
    "officers_matter": Mending(
        _("This origin is for an officer to change"),
        _("What was foreign, is disputed or was decided by an officer changes by proof, not by a new declaration."),
        _OURS,
        (_ASK, _WAIT_OFFICER),
    ),
    "venue_closed": Mending(
        _("Nothing can be sold there now"),
        _(
            "A place sells while it is open and its licence is in force; the rule about origin stays even when it is closed."
        ),
        _OURS,
        (
            _WAIT_VENUE,
            Step(_("Offer the work in another place."), _("Offer it elsewhere"), _of("desks:work", "#offer")),
        ),
    ),
    "other_makers_work": Mending(
        _("This work belongs to another maker"),
        _("A maker offers their own works only."),
        _OURS,
        (Step(_("Offer a work of your own."), _("My works"), lambda work: reverse("desks:home"), "desks:home"),),
    ),
}
_UNKNOWN = Mending(_("A rule of the market refused this"), "", _OURS, ())


def mending_of(code: str, reason: str = "") -> Mending:
    """The row of a code, or of a code with its reason."""
    return MENDINGS.get(f"{code}:{reason}") or MENDINGS.get(code) or _UNKNOWN


def steps_for(mending: Mending, work: Product | None) -> list[dict[str, Any]]:
    """The steps with their addresses."""
    return [{"text": step.text, "label": step.label, "url": step.address(work)} for step in mending.steps]


def reason_today(code: str, work: Product | None) -> str:
    """Why a work is not Iranian today, where that is the code's reason."""
    if code != "foreign_goods" or work is None:
        return ""
    return "unproven" if work.is_domestic_on(today()) else why_not_domestic(work)


def is_mended(code: str, work: Product | None, venue: Venue | None) -> bool:
    """Whether what was refused would be lawful today; the rules themselves are asked."""
    day = today()
    try:
        if code == "foreign_goods" and work is not None:
            forbid_foreign_goods(work, venue, on=day)
        elif code == "venue_closed" and venue is not None:
            require_open_venue(venue, on=day)
        elif code == "no_import_permit" and work is not None:
            require_import_permit(work)
        elif code == "passes_as_local" and work is not None:
            forbid_passing_as_local(work)
        else:
            return False
    except ValidationError:
        return False
    return True
