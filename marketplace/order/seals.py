"""Seals that a line was sold under and that its work has lost since: whoever sends the piece reads it first."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from authenticity.queries import valid_seals
from marketplace.order.models import Line


def lost_since_sale(lines: Iterable[Line], *, on: date) -> dict[int, list[dict[str, Any]]]:
    """Line id → the seals of its snapshot that are not in force on a day, in one query for lines read with their product and its parent.

    A seal that was granted anew is not lost. Lines that lost none are left out.
    """
    sold = [line for line in lines if line.product is not None and line.snapshot.get("seals")]
    works = {line.product.origin_work.pk: line.product.origin_work for line in sold}
    in_force = valid_seals(works.values(), on)
    found = {
        line.pk: _lost(line, {grant.scheme.name_fa for grant in in_force.get(line.product.origin_work.pk, [])})
        for line in sold
    }
    return {pk: seals for pk, seals in found.items() if seals}


def _lost(line: Line, schemes: set[str]) -> list[dict[str, Any]]:
    return [seal for seal in line.snapshot["seals"] if seal["scheme"]["fa"] not in schemes]
