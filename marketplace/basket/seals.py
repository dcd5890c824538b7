"""Seals of what lies in a basket: those in force today, and those that were when a line was put in and are no more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from authenticity.models import SealGrant
from authenticity.queries import valid_seals
from authenticity.rules import require_valid_seal
from catalogue.models import Product


@dataclass
class LineSeals:
    """`lost`: put in with the line, not in force for its work today, and not followed by another grant of the same seal."""

    in_force: list[SealGrant] = field(default_factory=list)
    lost: list[SealGrant] = field(default_factory=list)


def seals_to_remember(work: Product, *, on: date) -> list[int]:
    """Ids of the grants in force for a work on a day; a variant has its work's."""
    owner = work.origin_work
    return [grant.pk for grant in valid_seals([owner], on).get(owner.pk, [])]


def seals_of(lines: Iterable, *, on: date) -> dict[int, LineSeals]:
    """Line id → its seals on a day, in one query for a basket of any size; in none where no line has to do with a seal."""
    lines = list(lines)
    remembered = {pk for line in lines for pk in line.seals or ()}
    product_lines = {line.product.origin_work.product_line_id for line in lines} - {None}
    if not remembered and not product_lines:
        return {}
    grants = SealGrant.objects.filter(Q(pk__in=remembered) | Q(product_line__in=product_lines))
    known = list(grants.select_related("scheme").order_by("scheme__slug", "id"))
    return {line.pk: _seals_of(line, known, on) for line in lines}


def _seals_of(line, known: list[SealGrant], on: date) -> LineSeals:
    in_force = [grant for grant in known if _holds(grant, line.product.origin_work, on)]
    schemes = {grant.scheme_id for grant in in_force}
    promised = [grant for grant in known if grant.pk in (line.seals or ())]
    return LineSeals(in_force, [grant for grant in promised if grant.scheme_id not in schemes])


def _holds(grant: SealGrant, work: Product, on: date) -> bool:
    try:
        require_valid_seal(grant, work=work, on=on)
    except ValidationError:
        return False
    return True


def word_for(found: dict[int, LineSeals]) -> str:
    """What a form carries to say that exactly these losses were seen; empty when there are none."""
    return " ".join(f"{line}-{grant.pk}" for line, seals in sorted(found.items()) for grant in seals.lost)
