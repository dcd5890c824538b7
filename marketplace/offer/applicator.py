"""Oscar looks for its applicator under this name. The same decisions, worked out in memory, in whole rial.

Guarantees: a line is never discounted below zero, an offer gives no more than its `max_discount` leaves, a limit for each user
is for signed-in users, and an application's discount is the sum of what its lines got. Where none of these bites the
result is Oscar's (`tests/offer/test_like_oscar.py`).
"""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Prefetch
from oscar.apps.offer.applicator import Applicator as OscarApplicator

from marketplace.offer.loading import framed, open_offers, ready
from marketplace.offer.models import ConditionalOffer


class Applicator(OscarApplicator):
    def get_offers(self, basket, user=None, request=None) -> list[ConditionalOffer]:
        """In the order in which they apply: by priority, those of vouchers before those to everybody."""
        buyer = user if user is not None and user.is_authenticated else None
        found: dict[int, ConditionalOffer] = {}
        for offer in [*self.get_basket_offers(basket, user), *self.get_site_offers()]:
            found.setdefault(offer.pk, offer)
        offers = ready(found.values(), [line.product for line in basket.all_lines()], buyer)
        return sorted(offers, key=lambda offer: -offer.priority)

    def get_site_offers(self):
        return open_offers()

    def get_basket_offers(self, basket, user) -> list[ConditionalOffer]:
        """Offers of the vouchers in a basket that this buyer may use now."""
        offers = []
        for voucher in (
            basket.vouchers.prefetch_related(Prefetch("offers", framed(ConditionalOffer.objects))) if basket.id else []
        ):
            if voucher.is_active() and voucher.is_available_to_user(user=user)[0]:
                for offer in voucher.offers.all():
                    offer.set_voucher(voucher)
                    offers.append(offer)
        return offers

    def apply_offers(self, basket, offers) -> None:
        super().apply_offers(basket, offers)
        _count_what_lines_got(basket)


def _count_what_lines_got(basket) -> None:
    got: dict[int, Decimal] = defaultdict(Decimal)
    for line in basket.all_lines():
        for part in line.discounts:
            got[part.offer.pk] += part.amount
    applications = basket.offer_applications.applications
    for pk, application in list(applications.items()):
        if application["result"].affects_basket:
            application["discount"] = got[pk]
            if not got[pk]:
                del applications[pk]
