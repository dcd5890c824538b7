"""What `manage.py audit_money` looks at in discounts: counters say what the uses say. Each sentence names its row."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from marketplace.core.registry import MONEY, audit
from marketplace.offer.models import ConditionalOffer, OfferUse

TAKEN = ~Q(uses__state=OfferUse.State.GIVEN_BACK)


@audit("uses of discount offers", of=MONEY)
def offers_count_their_uses() -> Iterator[str]:
    """Offers that count other uses, or other money, than purchases hold or orders have."""
    offers = ConditionalOffer.objects.annotate(
        times=Coalesce(Sum("uses__times", filter=TAKEN), 0), rial=Coalesce(Sum("uses__rial", filter=TAKEN), 0)
    )
    for offer in offers.exclude(num_applications=F("times"), total_discount=F("rial")).order_by("pk"):
        yield (
            f"Discount offer {offer.pk}: counts {offer.num_applications} uses and {offer.total_discount:.0f} rial, "
            f"its uses are {offer.times} and {offer.rial} rial."
        )


@audit("uses of vouchers", of=MONEY)
def vouchers_count_their_uses() -> Iterator[str]:
    """Vouchers that count other purchases than used them, and those of one use that were used more often."""
    taken = OfferUse.objects.taken().exclude(voucher=None).order_by("voucher")
    used = taken.values("voucher", "voucher__usage", "voucher__num_orders").annotate(
        times=Count("source", distinct=True)
    )
    for one in used:
        if one["times"] != one["voucher__num_orders"]:
            yield f"Voucher {one['voucher']}: counts {one['voucher__num_orders']} purchases, {one['times']} used it."
        if one["voucher__usage"] == "Single use" and one["times"] > 1:
            yield f"Voucher {one['voucher']}: good for one purchase, {one['times']} used it."
    once = taken.filter(voucher__usage="Once per customer").values("voucher", "user")
    for one in once.annotate(times=Count("source", distinct=True)).filter(times__gt=1):
        yield f"Voucher {one['voucher']}: good once for each customer, user {one['user']} used it {one['times']} times."
