"""What stops a dispatch: a finding that names the parcel and the piece."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Stop:
    """A piece that may not leave. `carton` is its parcel's number, 0 before it is packed; `line` is the line's number in the database."""

    carton: int
    piece: str
    code: str
    reason: str
    line: int

    @property
    def sentence(self) -> str:
        """Parcel, piece and reason in the reader's language."""
        values = {"carton": self.carton, "piece": self.piece, "reason": self.reason}
        if not self.piece:
            return _("Parcel %(carton)s: %(reason)s") % values if self.carton else self.reason
        if not self.carton:
            return _("“%(piece)s”: %(reason)s") % values
        return _("Parcel %(carton)s, “%(piece)s”: %(reason)s") % values
