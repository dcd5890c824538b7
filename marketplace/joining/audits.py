"""What `manage.py audit_market` looks at here."""

from collections.abc import Iterator

from marketplace.core.registry import audit
from marketplace.joining.models import StateStep
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord


@audit("makers' states")
def makers_states_are_kept() -> Iterator[str]:
    """A state that its last step does not give, and an offer of a maker who is not active."""
    last = dict(StateStep.objects.order_by("pk").values_list("maker", "after"))
    for pk, slug, state in Maker.objects.order_by("pk").values_list("pk", "slug", "state"):
        if state != last.get(pk, Maker.State.ACTIVE):
            yield f"Maker {slug}: the state {state} is not what its history gives."
    offers = StockRecord.objects.active().exclude(product__maker__state=Maker.State.ACTIVE)
    for pk, slug in offers.order_by("pk").values_list("pk", "product__maker__slug"):
        yield f"Offer {pk}: it is on sale while its maker {slug} is not active."
