"""What the navigation of every desk shows."""

from typing import Any

from django import template
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.bazaars.models import Venue
from marketplace.core import money
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.desks.access import MAY_PAY
from marketplace.desks.officer.access import officers
from marketplace.export.models import Collection, Exporter
from marketplace.juries.models import Seat
from marketplace.makers.models import Maker
from marketplace.secretariats.models import Appointment
from marketplace.secretariats.queries import POSTS
from marketplace.stalls.models import Lease
from marketplace.ui.preferences import current_unit

register = template.Library()


@register.simple_tag
def desk_nav(user: User) -> dict[str, Any]:
    """Unread messages, and whether the person is a maker, manages venues, decides matters, pays sellers, sits on a jury,
    writes for a secretariat, holds a stall, sends abroad or is asked for pieces by who does; in one query."""
    if not user.is_authenticated:
        return {
            "unread": 0,
            "is_maker": False,
            "manages": False,
            "decides": False,
            "pays": False,
            "sits": False,
            "writes": False,
            "holds": False,
            "exports": False,
            "collects": False,
        }
    return (
        User.objects.filter(pk=user.pk)
        .annotate(
            unread=Count("notices", filter=Q(notices__read_at__isnull=True)),
            is_maker=Exists(Maker.objects.filter(owner=OuterRef("pk"))),
            decides=Exists(officers().filter(pk=OuterRef("pk"))),
            pays=Exists(User.objects.with_perm(MAY_PAY).filter(pk=OuterRef("pk"))),
            sits=Exists(Seat.objects.filter(juror=OuterRef("pk"), panel__closed_at=None)),
            writes=Exists(Appointment.objects.in_force_on(today()).filter(user=OuterRef("pk"), role__in=POSTS)),
            holds=Exists(Lease.objects.filter(tenant__owner=OuterRef("pk"))),
            exports=Exists(Exporter.objects.filter(user=OuterRef("pk"))),
            collects=Exists(Collection.objects.filter(maker__owner=OuterRef("pk"))),
            manages=Exists(Venue.objects.filter(managers=OuterRef("pk"))),
        )
        .values("unread", "is_maker", "manages", "decides", "pays", "sits", "writes", "holds", "exports", "collects")
        .get()
    )


@register.simple_tag
def signed(rial: int) -> SafeString:
    """The bare number in the reader's unit, its minus sign before it in both directions of writing; a dash for nothing."""
    if rial == 0:
        return format_html("<span>{}</span>", "–")
    text = money.amount_text(abs(rial), unit=current_unit(), language=(get_language() or "fa")[:2])
    return format_html('<bdi dir="ltr">{}{}</bdi>', "−" if rial < 0 else "", text)


@register.filter
def unit_word(unit: str) -> str:
    """«تومان», toman… in the reader's language."""
    return money.unit_word(unit, language=(get_language() or "fa")[:2])
