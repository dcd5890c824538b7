"""Offers as schema.org has them: price in rial, what is left, who sells, how it may be given back."""

from typing import Any

from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace.found.addresses import whole
from marketplace.makers.models import Maker
from marketplace.order.rules import WITHDRAWAL_DAYS
from marketplace.partner.models import Partner, StockRecord

SCHEMA = "https://schema.org/"
#: Prices are stored in rial, and said in rial: toman has no code of ISO 4217.
CURRENCY = "IRR"
COUNTRY = "IR"

Node = dict[str, Any]


def offer_node(offer: StockRecord, work: Product, *, base: str, shipping: list[Node]) -> Node:
    """One offer of a work. `left` stands on the offer; `shipping` may be empty: then nothing is said of it."""
    node: Node = {
        "@type": "Offer",
        "url": whole(base, work.get_absolute_url()),
        "price": str(int(offer.price or 0)),
        "priceCurrency": CURRENCY,
        "availability": SCHEMA + availability(work, offer.left, rests=offer.is_closed_today),  # type: ignore[attr-defined]
        "itemCondition": SCHEMA + "NewCondition",
        "seller": seller_node(offer.partner, base=base),
        "hasMerchantReturnPolicy": return_policy(work),
    }
    if offer.venue:
        venue = offer.venue
        node["availableAtOrFrom"] = {
            "@type": "Place",
            "name": venue.name,
            "url": whole(base, venue.get_absolute_url()),
            "address": {"@type": "PostalAddress", "addressLocality": venue.city.name, "addressCountry": COUNTRY},
        }
    if shipping:
        node["shippingDetails"] = shipping
    return node


def availability(work: Product, left: int, *, rests: bool = False) -> str:
    """A schema.org ItemAvailability. What is made to order is not in stock, and a single piece that is gone does not come again.
    What `rests` with its maker comes back."""
    if left > 0 and rests:
        return "OutOfStock"
    if left > 0:
        return "MadeToOrder" if work.made_to_order else "InStock"
    return "SoldOut" if work.one_of_a_kind else "OutOfStock"


def seller_node(seller: Partner, *, base: str) -> Node:
    """The maker trading."""
    if seller.maker is None:
        return {"@type": "Organization", "name": seller.name}
    return maker_node(seller.maker, base=base)


def maker_node(maker: Maker, *, base: str) -> Node:
    """A maker: a person, or an organisation of several."""
    kind = "Person" if maker.kind == Maker.Kind.PERSON else "Organization"
    return {"@type": kind, "name": maker.name, "url": whole(base, maker.get_absolute_url())}


def return_policy(work: Product) -> Node:
    """What `order.rules` lets a buyer do: withdraw within working days of delivery, but not from what was made to order."""
    node: Node = {"@type": "MerchantReturnPolicy", "applicableCountry": COUNTRY}
    if work.made_to_order:
        return node | {
            "returnPolicyCategory": SCHEMA + "MerchantReturnNotPermitted",
            "description": _("A work that was made to your order cannot be given back without a fault in it."),
        }
    words = _("%(days)s working days from delivery; refund in full, the postage of the return is the buyer’s.")
    return node | {
        "returnPolicyCategory": SCHEMA + "MerchantReturnFiniteReturnWindow",
        # working days: never fewer days than this number
        "merchantReturnDays": WITHDRAWAL_DAYS,
        "returnFees": SCHEMA + "ReturnFeesCustomerResponsibility",
        "refundType": SCHEMA + "FullRefund",
        "description": words % {"days": WITHDRAWAL_DAYS},
    }
