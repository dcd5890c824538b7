"""Discount offers for tests, made in one call each."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from marketplace.basket.models import Basket
from marketplace.offer.models import Benefit, Condition, ConditionalOffer, Range
from marketplace.partner.strategy import Selector
from marketplace.voucher.models import Voucher

_number = count(1)


def a_range(*works, **facts) -> Range:
    """A range of these works, or with `includes_all_products=True` of all."""
    made = Range.objects.create(name=f"r{next(_number)}", **facts)
    for work in works:
        made.add_product(work)
    return made


def an_offer(
    of: Range, *, benefit: str = Benefit.PERCENTAGE, value: int | None = 10, at_least=(Condition.COUNT, 1), **facts
) -> ConditionalOffer:
    """Ten percent off a range, unless told otherwise."""
    kind, amount = at_least
    most = facts.pop("max_affected_items", None)
    number = next(_number)
    return ConditionalOffer.objects.create(
        **{"name": f"تخفیف {number}", "name_en": f"Discount {number}"} | facts,
        condition=Condition.objects.create(range=of, type=kind, value=amount),
        benefit=Benefit.objects.create(
            range=None if benefit == Benefit.FIXED_PRICE else of, type=benefit, value=value, max_affected_items=most
        ),
    )


def a_voucher(*offers: ConditionalOffer, code: str = "NOWRUZ-5", usage: str = Voucher.MULTI_USE, **facts) -> Voucher:
    """A voucher that is on for a day around now."""
    facts = {
        "name": code,
        "start_datetime": timezone.now() - timedelta(days=1),
        "end_datetime": timezone.now() + timedelta(days=1),
    } | facts
    made = Voucher.objects.create(code=code, usage=usage, **facts)
    made.offers.set(offers)
    return made


def fresh(basket: Basket) -> tuple[Basket, list]:
    """The same basket with nothing loaded, and its lines as offers read them."""
    basket = Basket.objects.get(pk=basket.pk)
    basket.strategy = Selector().strategy()
    return basket, list(basket.all_lines())
