"""What the market keeps of a sale, worked out once and frozen by the caller on the order line."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.ledger.models import CommissionRule, CommissionTax
from marketplace.makers.models import Maker

WHOLE_BP = 10_000


@dataclass(frozen=True)
class Commission:
    """The rule that held (None: no rule, no commission), its share in hundredths of a percent, and what it comes to in rial."""

    rule_id: int | None
    share_bp: int
    rial: int
    tax_bp: int
    tax_rial: int


@dataclass(frozen=True)
class Commissions:
    """The rules and the tax of a day."""

    rules: tuple[CommissionRule, ...]
    tax_bp: int

    def of(self, *, maker: Maker, craft: Craft, venue: Venue | None, amount_rial: int) -> Commission:
        """The commission on an amount in rial, by the first rule that fits. No query."""
        rule = next((rule for rule in self.rules if _fits(rule, maker, craft, venue)), None)
        share_bp = rule.share_bp if rule else 0
        rial = share_of(amount_rial, share_bp)
        return Commission(rule.pk if rule else None, share_bp, rial, self.tax_bp, share_of(rial, self.tax_bp))


def commissions(on: date | None = None) -> Commissions:
    """The table of a day (today unless told), in two queries whatever is sold."""
    day = on or today()
    holds = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    tax = CommissionTax.objects.filter(holds).order_by("-valid_from", "-pk").first()
    return Commissions(
        tuple(CommissionRule.objects.filter(holds).order_by("position")), min(tax.share_bp, WHOLE_BP) if tax else 0
    )


def share_of(rial: int, share_bp: int) -> int:
    """A share of an amount in whole rial; half a rial is left to the maker."""
    whole, rest = divmod(rial * share_bp, WHOLE_BP)
    return whole + (rest * 2 > WHOLE_BP)


def _fits(rule: CommissionRule, maker: Maker, craft: Craft, venue: Venue | None) -> bool:
    return (
        rule.maker_kind in ("", maker.kind)
        and rule.craft_group_id in (None, craft.group_id)
        and rule.craft_id in (None, craft.pk)
        and rule.venue_id in (None, venue.pk if venue else 0)
    )
