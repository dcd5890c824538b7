"""Who may review what, until when, and what may be done with a review."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Line, SellerOrder
from marketplace.reviews.models import Review

#: Days after delivery in which a review may be written, and after writing in which it may be changed.
DAYS_TO_WRITE, DAYS_TO_CHANGE = 365, 30
#: Reviews from which an average says something.
ENOUGH = 3
MOST_STARS = 5


def require_received(line: Line, *, on: date) -> None:
    """A piece that arrived, was not given back, and arrived in the last twelve months."""
    part = line.seller_order
    arrived = part is not None and part.state == SellerOrder.State.DELIVERED and part.delivered_at is not None
    if not arrived or not line.standing:
        raise ValidationError(_("A work is reviewed once it has arrived, by whoever kept it."), code="not_received")
    if part.delivered_at.date() < on - timedelta(days=DAYS_TO_WRITE):
        raise ValidationError(_("A work is reviewed within twelve months of its arrival."), code="too_late")


def require_stars(stars: int) -> None:
    if not 1 <= stars <= MOST_STARS:
        raise ValidationError(_("Give one to five stars."), code="stars")


def forbid_second_review(there_is_one: bool) -> None:
    if there_is_one:
        raise ValidationError(_("You have reviewed this piece already."), code="second_review")


def require_changeable(review: Review, *, at: datetime) -> None:
    """A hidden review stays as it was judged."""
    if review.hidden_at is not None:
        raise ValidationError(_("This review was hidden, and cannot be changed."), code="hidden")
    if at > review.at + timedelta(days=DAYS_TO_CHANGE):
        raise ValidationError(_("A review can be changed for thirty days."), code="no_more_changes")


def require_unanswered(review: Review) -> None:
    if review.answered_at is not None:
        raise ValidationError(_("You have answered this review already."), code="answered")


def require_words(text: str) -> None:
    """An answer has words, and who hides a review says why."""
    if not text.strip():
        raise ValidationError(_("Write a few words."), code="words")


def require_shown(review: Review) -> None:
    if review.hidden_at is not None:
        raise ValidationError(_("This review is hidden already."), code="hidden")
