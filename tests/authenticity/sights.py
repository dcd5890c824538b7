"""Looks at a label by named people, some days ago."""

from datetime import timedelta

from django.utils import timezone

from authenticity.models import Scan


def scan(passport, days_ago: float, who: str, kind: str = Scan.Kind.LOOKED) -> Scan:
    """One look or act; each name has a network and a device of its own."""
    at = timezone.now() - timedelta(days=days_ago)
    return Scan.objects.create(passport=passport, kind=kind, place=f"net {who}", device=f"dev {who}", at=at)


def seen_by_strangers(passport, many: int = 7, *, last: float = 1, first_name: int = 0) -> None:
    """So many occasions, four days apart, the last one so many days ago."""
    for nth in range(many):
        scan(passport, last + 4 * (many - 1 - nth), f"{first_name + nth}")
