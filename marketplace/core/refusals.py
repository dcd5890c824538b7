"""Refusals are records: written after the refused transaction is gone, or they would go with it."""

from django.core.exceptions import ValidationError
from django.db import models

from marketplace.core.models import Refusal, User


def name_of(thing: models.Model | None) -> str:
    """`label.model:pk`, or nothing."""
    return f"{thing._meta.label_lower}:{thing.pk}" if thing is not None else ""


def record_refusal(
    error: ValidationError,
    *,
    rule: str,
    door: str,
    user: User | None = None,
    subject: models.Model | None = None,
    place: models.Model | None = None,
) -> Refusal:
    """Keep who was refused what, where and by which door. Call it outside the refused transaction."""
    person = user if user is not None and user.is_authenticated else None
    return Refusal.objects.create(
        rule=rule,
        door=door,
        code=getattr(error, "code", None) or "",
        sentence=" ".join(error.messages),
        user=person,
        subject=name_of(subject),
        place=name_of(place),
    )
