"""What the navigation of every desk shows."""

from typing import Any

from django import template
from django.db.models import Count, Exists, OuterRef, Q

from marketplace.bazaars.models import Venue
from marketplace.core.models import User
from marketplace.desks.officer.access import officers
from marketplace.juries.models import Seat
from marketplace.makers.models import Maker

register = template.Library()


@register.simple_tag
def desk_nav(user: User) -> dict[str, Any]:
    """Unread messages, and whether the person is a maker, manages venues, decides matters, or sits on a jury; in one query."""
    if not user.is_authenticated:
        return {"unread": 0, "is_maker": False, "manages": False, "decides": False, "sits": False}
    return (
        User.objects.filter(pk=user.pk)
        .annotate(
            unread=Count("notices", filter=Q(notices__read_at__isnull=True)),
            is_maker=Exists(Maker.objects.filter(owner=OuterRef("pk"))),
            decides=Exists(officers().filter(pk=OuterRef("pk"))),
            sits=Exists(Seat.objects.filter(juror=OuterRef("pk"), panel__closed_at=None)),
            manages=Exists(Venue.objects.filter(managers=OuterRef("pk"))),
        )
        .values("unread", "is_maker", "manages", "decides", "sits")
        .get()
    )
