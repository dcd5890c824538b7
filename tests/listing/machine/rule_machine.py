"""What must hold after every step, whatever was done: nothing that can be bought, paid for or was just sold breaks the rule."""

from datetime import date, timedelta
from itertools import count

from django.core.exceptions import ValidationError
from hypothesis.stateful import invariant

from marketplace.basket.lines import show
from marketplace.basket.models import Basket
from marketplace.core import clock
from marketplace.core.registry import audits
from marketplace.order.models import Line as OrderLine
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import require_lawful_offer
from marketplace.partner.strategy import refusal
from marketplace.search.windows import holds_on, lawful_windows
from tests.listing.machine.papers import Papers
from tests.listing.machine.shell import Shell

#: The audits read the whole market, so they are asked at every fifth step and at the end of a run.
AUDITED = 5
AHEAD = [timedelta(days=days) for days in (0, 1, 31, 400)]


def _lawful(offer: StockRecord, on: date) -> bool:
    try:
        require_lawful_offer(offer, on=on)
    except ValidationError:
        return False
    return True


class RuleMachine(Shell):
    """The verbs, the shell, and the rule."""

    def __init__(self) -> None:
        super().__init__()
        self.sold: dict[int, tuple] = {}
        self.step = count()

    def teardown(self) -> None:
        try:
            self._audits_are_silent()
        finally:
            super().teardown()

    @invariant()
    def nothing_breaks_the_rule(self) -> None:
        day, papers = clock.today(), Papers.read()
        offers = list(
            StockRecord.objects.active()
            .select_related("venue", "product__maker", "product__product_class", "product__parent")
            .order_by("pk")
        )
        self._no_offer(offers, papers, day)
        self._no_basket_line(papers, day)
        self._no_order_line(papers, day)
        self._search_agrees(offers, papers, day)
        if next(self.step) % AUDITED == 0:
            self._audits_are_silent()

    def _no_offer(self, offers: list[StockRecord], papers: Papers, day: date) -> None:
        found = {offer.pk for offer in offers if refusal(offer) is None}
        found |= set(StockRecord.objects.lawful_on(day).values_list("pk", flat=True))
        for offer in offers:
            if offer.pk in found:
                breach = papers.breach(offer.product_id, offer.venue_id, day)
                assert not breach, f"offer {offer.pk} can be bought: {breach}"

    def _no_basket_line(self, papers: Papers, day: date) -> None:
        for basket in Basket.objects.filter(status__in=(Basket.OPEN, Basket.FROZEN, Basket.SAVED)).order_by("pk"):
            payable = {line.id for group in show(basket).groups for line in group.lines if not line.problem}
            for line in basket.all_lines():
                if line.pk in payable:
                    for work in {line.product_id, line.stockrecord.product_id}:
                        breach = papers.breach(work, line.stockrecord.venue_id, day)
                        assert not breach, f"basket line {line.pk} can be paid for: {breach}"

    def _no_order_line(self, papers: Papers, day: date) -> None:
        for line in OrderLine.objects.select_related("stockrecord").order_by("pk"):
            now = (line.product_id, line.venue_id, line.stockrecord_id)
            if self.sold.get(line.pk) == now:
                continue
            self.sold[line.pk] = now
            for venue in {line.venue_id, line.stockrecord.venue_id}:
                breach = papers.breach(line.product_id, venue, day)
                assert not breach, f"order line {line.pk} was written: {breach}"

    def _search_agrees(self, offers: list[StockRecord], papers: Papers, day: date) -> None:
        """The windows that are indexed say of today what the rules say, and promise no later day that the papers forbid."""
        for offer in offers:
            windows = lawful_windows(offer.venue, papers.root(offer.product_id).domestic_until)
            assert holds_on(windows, day) == _lawful(offer, day), f"offer {offer.pk}: search and rules disagree"
            for later in AHEAD:
                if holds_on(windows, day + later) and papers.imported_lawfully(offer.product_id):
                    breach = papers.breach(offer.product_id, offer.venue_id, day + later)
                    assert not breach, f"search would show offer {offer.pk}: {breach}"

    def _audits_are_silent(self) -> None:
        """A venue or an order line that raw SQL wrote may be told of: a shell can close a venue early, or date a line back."""
        told = [line for audit in audits().values() for line in audit()]
        written = [f"Venue {slug}:" for slug in self.venues_written]
        written += [f", line {pk}:" for pk in self.lines_written]
        breaches = [line for line in told if not any(part in line for part in written)]
        assert not breaches, breaches
