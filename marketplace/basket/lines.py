"""A basket as its page shows it: lines under their makers, each with what stands in the way of paying for it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product, ProductImage
from marketplace.basket.gifts import Gift, require_possible, wrap_price
from marketplace.basket.models import Basket, Line, offer_of
from marketplace.basket.promises import count_from, latest_day
from marketplace.basket.rules import is_made_for_buyer
from marketplace.basket.seals import LineSeals, seals_of, word_for
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.makers.holidays import Break
from marketplace.makers.models import Maker
from marketplace.offer.services import Discount, sums_of_lines, work_out
from marketplace.partner.models import StockRecord
from marketplace.partner.strategy import refusal


@dataclass(frozen=True)
class ShownLine:
    """One line; money in rial. `problem` is the rule's sentence, empty when the line can be paid for.

    `why` tells what ended a withdrawn offer, or what a maker who rests says;
    `instead` is the cheapest other offer of the work that can be bought today.
    """

    id: int
    work: Product
    venue: Venue | None
    quantity: int
    left: int
    unit_rial: int
    total_rial: int
    discount_rial: int
    price_was_rial: int | None
    picture: dict | None
    problem: str
    why: str
    instead: StockRecord | None
    origin_state: str
    origin_label: str
    seals: LineSeals
    gift: Gift
    wrap_rial: int
    asked_in_vain: bool
    made_for_buyer: bool
    lead_days: int
    leaves_by: date
    rest: Break | None

    @property
    def only_one(self) -> bool:
        """Whether there is one of it and no other."""
        return self.work.is_single_piece

    @property
    def may_ask(self) -> bool:
        """Whether its maker wraps it or puts a text on it, or something was asked that can only be taken off."""
        return self.wraps_for is not None or bool(self.letters) or self.gift != Gift()

    @property
    def wraps_for(self) -> int | None:
        """Rial for wrapping a piece, 0 at no charge; None where its maker wraps no gifts."""
        maker = self.work.maker
        return maker.gift_wrap_rial if maker is not None else None

    @property
    def letters(self) -> int:
        """How long a text of the buyer's its maker puts on it; 0 for none."""
        return self.work.origin_work.personal_most


@dataclass(frozen=True)
class MakerGroup:
    """A maker's works, which leave together: `leaves_by` is the latest day if they are paid for today."""

    maker: Maker | None
    lines: list[ShownLine]

    @property
    def leaves_by(self) -> date:
        return max(line.leaves_by for line in self.lines)

    @property
    def rest(self) -> Break | None:
        """The break of its maker that holds one of its lines back today."""
        return next((line.rest for line in self.lines if line.rest), None)


@dataclass(frozen=True)
class ShownDiscount:
    """What one offer takes off; `code` when a voucher brought it."""

    name: str
    code: str
    rial: int

    @property
    def off_rial(self) -> int:
        """As a sum has it: below zero."""
        return -self.rial


@dataclass(frozen=True)
class ShownVoucher:
    """A voucher that was entered; `problem` says why it cannot be used any more, `fits` whether it takes something off."""

    id: int
    code: str
    problem: str
    fits: bool


@dataclass(frozen=True)
class ShownBasket:
    """`goods_rial` counts only what can be paid for, `total_rial` the same with its wrapping, less the discounts; `payable` asks
    that every line can.

    `lost_seals` names the losses that a buyer has to see before paying; empty when there are none.
    """

    groups: list[MakerGroup]
    goods_rial: int
    wrap_rial: int
    discounts: list[ShownDiscount]
    vouchers: list[ShownVoucher]
    total_rial: int
    pieces: int
    payable: bool
    lost_seals: str

    @property
    def made_for_buyer(self) -> list[ShownLine]:
        """Lines that are not withdrawn from without a fault."""
        return [line for group in self.groups for line in group.lines if line.made_for_buyer]


def thumb(image: ProductImage) -> dict:
    """A small picture for a row: the narrowest stored rendition, or the original."""
    widths = sorted(image.sizes, key=int)
    name = image.sizes[widths[0]] if widths else image.original.name
    return {
        "src": default_storage.url(name),
        "alt": "",
        "placeholder": image.colour,
        "width": 160,
        "height": 160,
    }


#: Why an offer ended, by the word stored with it; the buyer's side of it.
WHY = {
    "origin_changed": _(
        "Its Iranian origin is not established any more, and that place sells Iranian handicrafts only."
    ),
    "venue_bound": _("That place is now licensed by Cultural Heritage, and sells Iranian handicrafts only."),
    "no_import_permit": _("It is of foreign origin, and no import permit stands for it."),
    "seal_words": _("Its text names a seal that is not in force for it any more."),
    "by_maker": _("Its maker took the offer back."),
    "stall_closed": _("The stall where it was sold is closed for a time."),
}


def _problem(line: Line) -> ValidationError | None:
    """What stands in the way of a line whose offer can be bought: wrapping or words that its maker does not take."""
    try:
        require_possible(Gift.of(line), line.product)
    except ValidationError as refused:
        return refused
    return None


def _instead(lines: list[Line]) -> dict[int, StockRecord]:
    """Work → its cheapest offer with a piece left that can be bought today, for works whose own line cannot be; in one query."""
    if not lines:
        return {}
    own = {line.stockrecord_id for line in lines}
    works = {line.product_id: line.product for line in lines}
    offers = (
        StockRecord.objects.lawful_on(today())
        .filter(product__in=[line.product_id for line in lines], price__gt=0, product__is_public=True)
        .exclude(pk__in=own)
        .select_related("venue")
        .order_by("-price", "-pk")
    )
    for offer in offers:
        offer.product = works[offer.product_id]
    return {offer.product_id: offer for offer in offers if offer.net_stock_level > 0 and not offer.is_closed_today}


def _why(offer: StockRecord) -> str:
    """What ended an offer, or what its maker says of the break in which it cannot be bought."""
    if offer.withdrawn_at:
        return str(WHY.get(offer.withdrawn_because, ""))
    rest = offer.rest_today
    return rest.words if rest is not None and rest.is_closed else ""


def _shown(
    line: Line, unsold: ValidationError | None, instead: StockRecord | None, seals: LineSeals | None, discount_rial: int
) -> ShownLine:
    offer, work = line.stockrecord, line.product
    unit = int(offer.price or 0)
    before = int(line.price_incl_tax or 0)
    images = list(work.images.all())
    origin = work.shown_origin(today())
    error = unsold or _problem(line)
    return ShownLine(
        id=line.pk,
        work=work,
        venue=offer.venue,
        quantity=line.quantity,
        left=max(0, offer.net_stock_level),
        unit_rial=unit,
        total_rial=unit * line.quantity,
        discount_rial=discount_rial,
        price_was_rial=before if before != unit else None,
        picture=thumb(images[0]) if images else None,
        problem=" ".join(error.messages) if error else "",
        why=_why(offer) if unsold else "",
        instead=instead if unsold else None,
        origin_state=str(origin),
        origin_label=str(origin.label),
        seals=seals or LineSeals(),
        gift=(gift := Gift.of(line)),
        wrap_rial=wrap_price(gift, work) * line.quantity,
        asked_in_vain=error is not None and unsold is None,
        made_for_buyer=is_made_for_buyer(work, gift.text),
        lead_days=(days := work.origin_work.lead_days),
        leaves_by=latest_day(count_from(line, today()), days),
        rest=offer_of(line).rest_today,
    )


def show(basket: Basket, sellers: Collection[int] = ()) -> ShownBasket:
    """The basket for a page, in the order works were added, makers in the order of their first work; of some `sellers` only."""
    groups: dict[int | None, MakerGroup] = {}
    own = [line for line in basket.all_lines() if not sellers or line.stockrecord.partner_id in sellers]
    wanted: Counter[int] = Counter()
    for line in own:
        wanted[line.stockrecord_id] += line.quantity
    found = [(line, refusal(offer_of(line), wanted[line.stockrecord_id])) for line in own]
    seals = seals_of([line for line, _error in found], on=today())
    instead = _instead([line for line, error in found if error])
    payable = [line for line, error in found if not error and not _problem(line)]
    discounts = work_out(basket=basket, lines=payable, user=basket.owner)
    off = sums_of_lines(discounts)
    for line, error in found:
        maker = line.product.maker
        group = groups.setdefault(maker.pk if maker else None, MakerGroup(maker, []))
        off_line = off.get(line.pk, 0)
        group.lines.append(_shown(line, error, instead.get(line.product_id), seals.get(line.pk), off_line))
    lines = [line for group in groups.values() for line in group.lines]
    goods = sum(line.total_rial for line in lines if not line.problem)
    wraps = sum(line.wrap_rial for line in lines if not line.problem)
    return ShownBasket(
        groups=list(groups.values()),
        goods_rial=goods,
        wrap_rial=wraps,
        discounts=[_shown_discount(discount) for discount in discounts],
        vouchers=_vouchers(basket, discounts),
        total_rial=goods + wraps - sum(discount.rial for discount in discounts),
        pieces=sum(line.quantity for line in lines),
        payable=bool(lines) and not any(line.problem for line in lines),
        lost_seals=word_for(seals),
    )


def _shown_discount(discount: Discount) -> ShownDiscount:
    code = discount.voucher.code if discount.voucher else ""
    return ShownDiscount(name=discount.offer.shown_name, code=code, rial=discount.rial)


def _vouchers(basket: Basket, discounts: list[Discount]) -> list[ShownVoucher]:
    fitting = {discount.voucher.pk for discount in discounts if discount.voucher}
    return [
        ShownVoucher(
            id=voucher.pk,
            code=voucher.code,
            problem=voucher.is_available_to_user(basket.owner)[1] if voucher.pk not in fitting else "",
            fits=voucher.pk in fitting,
        )
        for voucher in (basket.vouchers.order_by("pk") if basket.id else [])
    ]
