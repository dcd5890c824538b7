"""What a draft refuses: very little, for it is not read until it is to be listed."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.drafts.models import Draft

PICTURES = 12
#: Drafts a maker may leave unfinished, and characters of one draft: far above any use, below any harm.
DRAFTS, CHARACTERS = 60, 60_000
#: A crop leaves at least this much of each side, in thousandths.
LEAST_LEFT = 100


def require_newest(draft: Draft, *, version: int, writer: UUID) -> None:
    """A window writes over what it has read, or over its own words: one left behind is told, and does not undo another's.

    Raises ValidationError with code `draft_newer`.
    """
    if version != draft.version and writer != draft.writer:
        raise ValidationError(
            _("This draft was changed in another window after you opened it here. Nothing typed here is lost."),
            code="draft_newer",
        )


def require_unlisted(draft: Draft) -> None:
    """What became a work is changed as a work. Raises ValidationError with code `draft_listed`."""
    if draft.work_id is not None:
        raise ValidationError(_("This draft is listed already; change the work itself."), code="draft_listed")


def require_room_for_draft(unfinished: int) -> None:
    """Raises ValidationError with code `too_many_drafts`."""
    if unfinished >= DRAFTS:
        raise ValidationError(
            _("You have too many unfinished drafts; finish or discard some first."), code="too_many_drafts"
        )


def require_room_for_picture(pictures: int) -> None:
    """Raises ValidationError with code `too_many_pictures`."""
    if pictures >= PICTURES:
        raise ValidationError(_("A work has twelve pictures at most; take one away first."), code="too_many_pictures")


def require_bearable(typed: dict[str, list[str]]) -> None:
    """Raises ValidationError with code `draft_too_long`."""
    if sum(len(value) for values in typed.values() for value in values) > CHARACTERS:
        raise ValidationError(_("This is more text than a draft can hold; shorten it."), code="draft_too_long")


def require_sane_crop(crop: tuple[int, int, int, int]) -> None:
    """A crop, in thousandths, lies inside the picture and leaves something of it. Raises ValidationError with code `crop`."""
    left, top, right, bottom = crop
    inside = left >= 0 and top >= 0 and right <= 1000 and bottom <= 1000
    if not inside or right - left < LEAST_LEFT or bottom - top < LEAST_LEFT:
        raise ValidationError(_("Leave at least a tenth of the picture in each direction."), code="crop")
