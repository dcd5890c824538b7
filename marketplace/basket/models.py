"""The basket: Oscar's, with prices wide enough for a carpet, and with lines that ask the rules whichever way they come."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from marketplace.basket.seals import seals_to_remember
from marketplace.core.clock import today
from marketplace.core.fields import OscarPrice, Rial
from marketplace.core.refusals import keep, kept
from marketplace.core.registry import door, door_named
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import ASKED_OF_WORKS, require_lawful_offer
from marketplace.wishlists.services import carry_gifts

#: What the rules, the basket page and the order's snapshot read of a line, and few works have or all share: PostgreSQL plans
#: a join of all of it for longer than it takes to ask for these apart (which is not asked where there are none).
BESIDE = tuple(
    f"product__{name}" for name in ASKED_OF_WORKS if name == "product_class" or name.endswith("import_permit")
)
#: The rest of it, joined.
FRAME = (
    *(f"product__{name}" for name in (*ASKED_OF_WORKS, "craft", "city") if f"product__{name}" not in BESIDE),
    *("stockrecord__venue", "stockrecord__partner"),
)


def framed(lines: models.QuerySet) -> models.QuerySet:
    """Lines with all that the rules read of them."""
    return lines.select_related(*FRAME).prefetch_related(*BESIDE)


class Basket(AbstractBasket):
    """Lines come with all that the rules read, in a fixed number of queries."""

    def all_lines(self):
        if self.id is None:
            return self.lines.model.objects.none()
        if self._lines is None:
            self._lines = framed(self.lines).prefetch_related("product__images", "attributes").order_by("pk")
        return self._lines

    @property
    def num_items(self) -> int:
        """Pieces; one sum while no line is loaded, because the head of every page shows it."""
        if self.id is None:
            return 0
        if self._lines is None:
            return self.lines.aggregate(pieces=models.Sum("quantity"))["pieces"] or 0
        return super().num_items

    @kept
    def add_product(self, product, quantity=1, options=None):
        """Oscar's; what the line's door refuses is recorded once its transaction is gone."""
        return super().add_product(product, quantity, options)

    @transaction.atomic
    def merge(self, basket, add_quantities=True) -> None:
        """Once, however many requests come with it: Oscar's second one takes the line that the first moved for a double, and deletes it.

        Neither out of a basket that is being paid for nor into one: its payment is for what stands in it.
        """
        rows = Basket.objects.select_for_update().filter(pk__in=[self.pk, basket.pk]).order_by("pk")
        if all(row.can_be_edited for row in rows):
            carry_gifts(out_of=basket, into=self)
            super().merge(basket, add_quantities)

    @door("basket_merge", rule="forbid_foreign_goods")
    def merge_line(self, line, add_quantities=True) -> None:
        """A line that the rules refuse stays behind in the merged basket; `left_behind` tells why."""
        try:
            with transaction.atomic():
                super().merge_line(line, add_quantities)
        except ValidationError as error:
            keep(error, door=door_named("basket_merge"))
            self.left_behind = [*getattr(self, "left_behind", []), error]


class Line(AbstractLine):
    price_excl_tax = OscarPrice(_("Price excl. Tax"), null=True)
    price_incl_tax = OscarPrice(_("Price incl. Tax"), null=True)
    seals = models.JSONField(
        _("seals it was put in with"),
        null=True,
        blank=True,
        default=None,
        help_text=_("Ids of grants that were in force then."),
    )
    gift_wrap = models.BooleanField(_("wrapped as a gift"), default=False)
    wrap_rial = Rial(_("gift wrap agreed on, a piece (rial)"), default=0)
    gift_note = models.TextField(_("note for the receiver"), blank=True)
    personal_text = models.CharField(_("the buyer's own text on it"), max_length=200, blank=True)

    @door("basket_line", rule="forbid_foreign_goods")
    def save(self, *args, **kwargs):
        """Oscar's `add_product` and `merge` never ask the strategy, so the line itself asks. Raises ValidationError."""
        require_lawful_offer(self.stockrecord, on=today())
        if self.seals is None:
            self.seals = seals_to_remember(self.product, on=today())
        return super().save(*args, **kwargs)

    @property
    def wrap_total_rial(self) -> int:
        """Wrapping of all its pieces at the price agreed on at "pay"; no offer takes anything off it."""
        return self.wrap_rial * self.quantity if self.gift_wrap else 0

    def get_price_breakdown(self) -> list[tuple]:
        """Prices of single pieces after discounts, in whole rials: what does not divide comes off some of them. Oscar's has fractions."""
        if not self.discount_value:
            return super().get_price_breakdown()
        unit = self.unit_price_incl_tax
        each, more = divmod(int(self.discount_value), self.quantity)
        prices = [(unit - each - 1, more), (unit - each, self.quantity - more)]
        return [(price, price, pieces) for price, pieces in prices if pieces]


def offer_of(line: Line) -> StockRecord:
    """A line's offer with the line's work, which is its own (the database holds them together), so that neither is read again."""
    line.stockrecord.product = line.product
    return line.stockrecord


from oscar.apps.basket.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
