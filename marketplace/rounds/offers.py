"""What a closure does to offers: taken back when it begins, given back when it is lifted or its days are over."""

from datetime import date

from django.core.exceptions import ValidationError

from marketplace.core.clock import today
from marketplace.listing.returns import offer_again
from marketplace.listing.withdrawals import Because, withdraw
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import ASKED_OF_OFFERS
from marketplace.stalls.models import Lease


def take_back(lease: Lease, *, on: date) -> None:
    """Withdraw what the tenant offers at a stall that is closed from a day on; not what another open stall of theirs there sells."""
    venue = lease.stall.venue_id
    others = Lease.objects.running_on(on).filter(stall__venue=venue, tenant=lease.tenant_id).exclude(pk=lease.pk)
    elsewhere = {
        craft
        for other in others.prefetch_related("crafts")
        if not other.is_closed_on(on)
        for craft in other.crafts.all()
    }
    offers = StockRecord.objects.active().filter(venue=venue, product__maker=lease.tenant_id)
    withdraw(offers.exclude(product__craft__in=elsewhere), because=Because.CLOSURE)


def give_back(lease: Lease) -> int:
    """Offer again what closures of a tenant's stalls in the venue took back, unless it is offered anew by now or a rule of today says
    no. Returns how many are back."""
    if not lease.is_running_on(today()):
        return 0
    gone = StockRecord.objects.filter(
        venue=lease.stall.venue_id,
        product__maker=lease.tenant_id,
        withdrawn_at__isnull=False,
        withdrawn_because=Because.CLOSURE,
    )
    offers = list(gone.select_related(*ASKED_OF_OFFERS).order_by("-pk"))
    works = [offer.product_id for offer in offers]
    anew = set(
        StockRecord.objects.active()
        .filter(product__in=works, venue=lease.stall.venue_id)
        .values_list("product", flat=True)
    )
    back = 0
    for offer in offers:
        if offer.product_id not in anew and _is_back(offer):
            anew.add(offer.product_id)
            back += 1
    return back


def _is_back(offer: StockRecord) -> bool:
    try:
        offer_again(offer=offer)
    except ValidationError:
        return False
    return True
