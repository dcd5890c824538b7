"""Rules of a jury: enough jurors, none with an interest, every criterion scored, nothing changed after it is handed in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.juries.models import Panel, Seat

#: Fewer see too little.
FEWEST_JURORS = 3


def require_open_panel(panel: Panel) -> None:
    """Raises ValidationError with code `panel_closed`."""
    if panel.closed_at is not None:
        raise ValidationError(_("This jury has ended."), code="panel_closed")


def forbid_interest(panel: Panel, juror: Any) -> None:
    """Nobody scores their own work or that of people they stand for. Raises ValidationError with code `interested`."""
    if juror.pk in panel.interested:
        raise ValidationError(
            _("This person has an interest in the work and cannot sit on its jury."), code="interested"
        )


def require_seat(seat: Seat | None) -> None:
    """Raises ValidationError with code `no_seat` for a person who does not sit on the panel."""
    if seat is None:
        raise ValidationError(_("You do not sit on this jury."), code="no_seat")


def require_not_handed_in(seat: Seat) -> None:
    """Raises ValidationError with code `handed_in`."""
    if seat.handed_in_at is not None:
        raise ValidationError(_("Your scores are handed in and cannot be changed."), code="handed_in")


def require_whole_scores(panel: Panel, points: dict[str, int]) -> None:
    """Each criterion has its points within its range, and nothing else has. Raises ValidationError with code `scores`."""
    wanted = {criterion["code"]: criterion["highest"] for criterion in panel.criteria}
    whole = points.keys() == wanted.keys()
    if not whole or any(not 0 <= points[code] <= highest for code, highest in wanted.items()):
        raise ValidationError(_("Give points for every criterion, within its range."), code="scores")


def require_enough_jurors(handed_in: int) -> None:
    """Raises ValidationError with code `too_few_jurors`, with `left`."""
    if handed_in < FEWEST_JURORS:
        raise ValidationError(
            _("At least %(fewest)s jurors score; %(left)s are still missing."),
            code="too_few_jurors",
            params={"fewest": FEWEST_JURORS, "left": FEWEST_JURORS - handed_in},
        )


def require_criteria(count: int) -> None:
    """Raises ValidationError with code `no_criteria` where there is nothing to give points for."""
    if count == 0:
        raise ValidationError(
            _("There are no criteria yet, so a jury has nothing to give points for."), code="no_criteria"
        )


def forbid_calling_oneself(juror: Any, by: Any) -> None:
    """Who calls a jury knows whose work it is. Raises ValidationError with code `knows_the_maker`."""
    if juror.pk == by.pk:
        raise ValidationError(
            _("You have seen whose work it is, so you cannot sit on its jury."), code="knows_the_maker"
        )
