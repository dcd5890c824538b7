"""The rows that a listing's verbs decide by, held until they commit: work, venue, maker; a licence's event takes the venue too.

Without them two transactions at once would each read the world before the other's change, and both their rules would say yes.
"""

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.makers.models import Maker
from marketplace.makers.rules import require_active_maker

_ORIGIN = (
    "origin_state",
    "origin_country",
    "origin_basis",
    "origin_place",
    "domestic_until",
    "import_permit",
    "structure",
)
_DATES = ("bound_since", "bound_until", "open_until", "is_planned")


def hold(work: Product, venue: Venue | None = None) -> None:
    """Lock a work (for a variant, its work too) and a venue, and read again what the rules compare. Call it inside a transaction."""
    held = work.origin_work
    fresh = Product.objects.select_for_update(of=("self",)).select_related("import_permit").get(pk=held.pk)
    for name in _ORIGIN:
        setattr(held, name, getattr(fresh, name))
    if venue is None:
        return
    now = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    for name in _DATES:
        setattr(venue, name, getattr(now, name))


def hold_active_maker(maker: Maker | None) -> None:
    """Lock a maker and read the state again, so that nothing is offered beside a suspension. Raises ValidationError."""
    if maker is None:
        return
    fresh = Maker.objects.select_for_update(of=("self",), no_key=True).only("state").get(pk=maker.pk)
    maker.state = fresh.state
    require_active_maker(fresh)
