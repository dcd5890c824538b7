"""Every discount offer that may apply to a basket, with all that deciding takes, in a fixed number of queries."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import now

from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.offer.ranges import load_ranges

log = logging.getLogger(__name__)
Combination = ConditionalOffer.combinations.through


def open_offers() -> QuerySet[ConditionalOffer]:
    """Offers to everybody that are on at this moment. Whether uses are left the offer says itself, by its counters:
    Oscar's status `Consumed` would stay when uses are given back."""
    moment = now()
    return framed(ConditionalOffer.objects).filter(
        Q(start_datetime__lte=moment) | Q(start_datetime=None),
        Q(end_datetime__gte=moment) | Q(end_datetime=None),
        offer_type=ConditionalOffer.SITE,
    )


def framed(offers) -> QuerySet[ConditionalOffer]:
    """Offers with their condition and benefit, the suspended left out."""
    return offers.exclude(status=ConditionalOffer.SUSPENDED).select_related("condition", "benefit")


def ready(offers: Iterable[ConditionalOffer], works: Iterable, user) -> list[ConditionalOffer]:
    """The same offers, able to decide about these works for this buyer without a query; broken ones are left out."""
    asked = [offer for offer in offers if user is not None or not offer.max_user_applications]
    if not asked:
        return []
    ranges = load_ranges({part.range_id for offer in asked for part in _parts(offer) if part.range_id}, works)
    whole = [offer for offer in asked if _bind(offer, ranges)]
    for offer in whole:
        if offer.max_discount:
            offer.left_rial = max(offer.max_discount - offer.total_discount, offer.max_discount * 0)
    _tell_combinations(whole)
    _tell_uses(whole, user)
    return whole


def _parts(offer: ConditionalOffer) -> tuple:
    return offer.condition, offer.benefit


def _bind(offer: ConditionalOffer, ranges: dict) -> bool:
    """Give an offer's parts their ranges; whether it is whole: one that staff left half made must not take the page down."""
    try:
        offer.condition, offer.benefit = (_bound(part, ranges) for part in _parts(offer))
    except (ValidationError, RuntimeError, ImportError) as error:
        log.warning("discount offer %s is left out: %s", offer.pk, error)
        return False
    return True


def _bound(part, ranges: dict):
    """The part as the class of its kind. Raises ValidationError, or RuntimeError for a kind that nobody knows."""
    part.range = ranges.get(part.range_id)
    part.clean()
    bound = part.proxy()
    bound.range = part.range
    return bound


def _tell_combinations(offers: list[ConditionalOffer]) -> None:
    ids = [offer.pk for offer in offers]
    named, beside = defaultdict(set), defaultdict(set)
    rows = Combination.objects.filter(Q(from_conditionaloffer__in=ids) | Q(to_conditionaloffer__in=ids))
    for one, other in rows.values_list("from_conditionaloffer", "to_conditionaloffer"):
        named[one].add(other)
        beside[one].add(other)
        beside[other].add(one)
    for offer in offers:
        offer.named_ids = frozenset(named[offer.pk])
        offer.beside_ids = frozenset(beside[offer.pk] | {offer.pk})


def _tell_uses(offers: list[ConditionalOffer], user) -> None:
    """Uses by this buyer, where an offer counts them."""
    counting = [offer for offer in offers if offer.max_user_applications]
    if not counting:
        return
    uses = OfferUse.objects.taken().filter(offer__in=counting, user=user).values_list("offer").annotate(Sum("times"))
    times = dict(uses.order_by())
    for offer in counting:
        offer.used_by_buyer = times.get(offer.pk, 0)
