"""Every way a seller or a buyer can try to get foreign goods past the rule, by the name of its door."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalogue.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell, put_back, reorder, wish_to_basket
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.listing.returns import offer_again
from marketplace.listing.services import (
    add_variant,
    create_work,
    edit_offer,
    edit_work,
    move_offer,
    offer_in_venue,
    withdraw_offer,
)
from marketplace.order.models import Line as OrderLine
from marketplace.partner.models import StockRecord
from marketplace.partner.strategy import Selector


@dataclass
class Scene:
    """A foreign tray in its workshop, a kilim offered in a bound bazaar too, and a buyer."""

    foreign: Product
    kilim: Product
    bazaar: Any
    buyer: Any
    contact: Any

    def lapse(self) -> None:
        """The day after the licence that showed the kilim's origin ended; the bazaar stays open."""
        clock.set_today(self.kilim.domestic_until)
        clock.set_today(clock.days_ahead(1))

    def in_bazaar(self) -> StockRecord:
        """The kilim's offer in the bound bazaar, the only one it has, with all that the rules read."""
        for offer in StockRecord.objects.active().filter(product=self.kilim, venue=None):
            withdraw_offer(offer=offer, because="by_maker")
        made = offer_in_venue(work=self.kilim, venue=self.bazaar, price_rial=190_000_000, pieces=3)
        return offer_to_sell(made.pk)

    def basket_with(self, offer: StockRecord) -> Basket:
        basket = Basket.objects.create(owner=self.buyer)
        basket.strategy = Selector().strategy()
        add_to_basket(basket=basket, offer=offer)
        return Basket.objects.get(pk=basket.pk)


#: Prepares the scene and gives the act that must be refused.
Way = Callable[[Scene], Callable[[], Any]]


def _create_work(scene: Scene):
    maker, craft = scene.foreign.maker, scene.foreign.craft
    return lambda: create_work(maker=maker, craft=craft, title_fa="سینی", origin_country="CN", price_rial=9_000_000)


def _offer_in_venue(scene: Scene):
    return lambda: offer_in_venue(work=scene.foreign, venue=scene.bazaar, price_rial=40_000_000, pieces=1)


def _offer_again(scene: Scene):
    offer = scene.in_bazaar()
    withdraw_offer(offer=offer, because="origin_changed")
    scene.lapse()
    return lambda: offer_again(offer=offer)


def _move_offer(scene: Scene):
    return lambda: move_offer(offer=scene.foreign.stockrecords.get(), venue=scene.bazaar)


def _edit_offer(scene: Scene):
    offer = scene.in_bazaar()
    scene.lapse()
    return lambda: edit_offer(offer=offer, price_rial=1_000_000, pieces=9)


def _edit_work(scene: Scene):
    return lambda: edit_work(work=Product.objects.get(pk=scene.foreign.pk), origin_country="IR")


def _add_variant(scene: Scene):
    withdraw_offer(offer=scene.foreign.stockrecords.get(), because="by_maker")
    work = Product.objects.get(pk=scene.foreign.pk)
    return lambda: add_variant(work=work, title_fa="سینی بزرگ", price_rial=9_000_000, pieces=1, venue=scene.bazaar)


def _basket_add(scene: Scene):
    offer, basket = scene.in_bazaar(), Basket.objects.create(owner=scene.buyer)
    scene.lapse()
    return lambda: add_to_basket(basket=basket, offer=offer)


def _basket_change(scene: Scene):
    basket = scene.basket_with(scene.in_bazaar())
    scene.lapse()
    line = Line.objects.select_related("stockrecord__venue", "stockrecord__product").get(basket=basket)
    return lambda: change_quantity(basket=basket, line=line, quantity=2)


def _basket_line(scene: Scene):
    scene.in_bazaar()
    basket = Basket.objects.create(owner=scene.buyer)
    basket.strategy = Selector().strategy()
    scene.lapse()
    return lambda: basket.add_product(Product.objects.get(pk=scene.kilim.pk))


def _basket_merge(scene: Scene):
    guest, mine = scene.basket_with(scene.in_bazaar()), Basket.objects.create(owner=scene.buyer)
    mine.strategy = guest.strategy = Selector().strategy()
    scene.lapse()
    return lambda: _said(mine.merge(guest), mine.left_behind)


def _put_back(scene: Scene):
    frozen, mine = scene.basket_with(scene.in_bazaar()), Basket.objects.create(owner=scene.buyer)
    frozen.strategy = Selector().strategy()
    Basket.objects.filter(pk=frozen.pk).update(status=Basket.FROZEN)
    scene.lapse()
    return lambda: _said(None, put_back(into=mine, frozen=frozen))


def _reorder(scene: Scene):
    order = place_order(start_purchase(basket=scene.basket_with(scene.in_bazaar()), user=None, contact=scene.contact))
    mine = Basket.objects.create(owner=scene.buyer)
    scene.lapse()
    return lambda: _said(None, reorder(into=mine, order=order))


def _wish_to_basket(scene: Scene):
    scene.in_bazaar()
    mine = Basket.objects.create(owner=scene.buyer)
    scene.lapse()
    return lambda: wish_to_basket(basket=mine, work=Product.objects.get(pk=scene.kilim.pk))


def _checkout(scene: Scene):
    basket = scene.basket_with(scene.in_bazaar())
    scene.lapse()
    return lambda: start_purchase(basket=basket, user=scene.buyer, contact=scene.contact)


def _order_line(scene: Scene):
    purchase = start_purchase(basket=scene.basket_with(scene.in_bazaar()), user=None, contact=scene.contact)
    scene.lapse()
    return lambda: place_order(purchase)


def _said(_result: Any, errors: list) -> None:
    """A door that leaves out what it may not take, and says so, is as good as one that raises."""
    raise errors[0]


#: Door → how it is tried, and the code of the rule that must answer.
WAYS: dict[str, tuple[Way, str]] = {
    "add_variant": (_add_variant, "foreign_goods"),
    "basket_add": (_basket_add, "foreign_goods"),
    "basket_change": (_basket_change, "foreign_goods"),
    "basket_line": (_basket_line, "foreign_goods"),
    "basket_merge": (_basket_merge, "foreign_goods"),
    "basket_put_back": (_put_back, "foreign_goods"),
    "checkout": (_checkout, "foreign_goods"),
    "create_work": (_create_work, "no_import_permit"),
    "edit_offer": (_edit_offer, "foreign_goods"),
    "edit_work": (_edit_work, "officers_matter"),
    "move_offer": (_move_offer, "foreign_goods"),
    "offer_again": (_offer_again, "foreign_goods"),
    "offer_in_venue": (_offer_in_venue, "foreign_goods"),
    "order_line": (_order_line, "foreign_goods"),
    "reorder": (_reorder, "foreign_goods"),
    "wish_to_basket": (_wish_to_basket, "foreign_goods"),
}


def state() -> dict[str, list]:
    """All that a refused act might have changed."""
    return {
        "works": list(Product.objects.order_by("pk").values_list("pk", "origin_state", "origin_country", "structure")),
        "offers": list(
            StockRecord.objects.order_by("pk").values_list(
                "pk", "venue", "price", "num_in_stock", "num_allocated", "withdrawn_at"
            )
        ),
        "basket lines": list(Line.objects.order_by("pk").values_list("pk", "basket__owner", "stockrecord", "quantity")),
        "order lines": list(OrderLine.objects.order_by("pk").values_list("pk", "stockrecord", "quantity")),
    }


def refusals() -> list[tuple[str, str]]:
    """Door and code of every record."""
    return list(Refusal.objects.order_by("pk").values_list("door", "code"))
