"""Changing a work: first what the change would mean is found out, by making it and taking it back; then it is made."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from catalogue.models import Material, Product
from marketplace.core.refusals import kept
from marketplace.desks.services import registered_permit
from marketplace.listing.services import edit_work
from marketplace.listing.withdrawals import offers_of
from marketplace.partner.models import StockRecord


@dataclass(frozen=True)
class Consequences:
    """What a change of a work does to its origin and to its offers."""

    before: str
    after: str
    withdrawn: list[StockRecord]

    @property
    def matter(self) -> bool:
        """Whether the maker should agree to them first."""
        return self.before != self.after or bool(self.withdrawn)

    @property
    def word(self) -> str:
        """What a form carries to say that exactly this was agreed to."""
        return "-".join([self.before, self.after, *(str(offer.pk) for offer in self.withdrawn)])


@kept
@transaction.atomic
def consequences_of(*, work: Product, fields: dict[str, Any], permit: dict[str, Any] | None) -> Consequences:
    """What a change would do; nothing is changed. Raises ValidationError when a rule refuses the change."""
    before = {offer.pk: offer for offer in offers_of(work).select_related("venue")}
    stood = work.origin_state
    after = _changed(work, fields, permit)
    left = set(offers_of(after).values_list("pk", flat=True))
    found = Consequences(stood, after.origin_state, [offer for pk, offer in before.items() if pk not in left])
    transaction.set_rollback(True)
    return found


@kept
@transaction.atomic
def change_work(
    *, work: Product, fields: dict[str, Any], materials: tuple[Material, ...], permit: dict[str, Any] | None
) -> Product:
    """Change a work. Raises ValidationError and changes nothing when a rule says no."""
    changed = _changed(work, fields, permit)
    changed.materials.set(materials)
    return changed


def _changed(work: Product, fields: dict[str, Any], permit: dict[str, Any] | None) -> Product:
    fresh = Product.objects.select_related("maker__owner", "craft", "import_permit", "product_line").get(pk=work.pk)
    if permit is not None:
        fields = fields | {"import_permit": registered_permit(maker=fresh.maker, permit=permit)}
    return edit_work(work=fresh, **fields)
