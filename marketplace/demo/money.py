"""Sample rules of commission, and sample accounts of the sample makers, so that splits and statements can be seen.

No market has decided these shares, and the accounts are of a bank that does not exist (000).
"""

from datetime import date

from django.db import transaction
from schwifty import IBAN

from marketplace.core.clock import today
from marketplace.demo.tables import rows
from marketplace.ledger.models import CommissionRule
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import Partner

#: The first day of 1404: sales of the demo's past fall under the rules too.
SINCE = date(2025, 3, 21)
NO_BANK = "000"


@transaction.atomic
def make_money() -> int:
    """Add what is missing: the rules where there are none, and an account to each sample seller. Returns how many were added."""
    return _rules() + _accounts()


def _rules() -> int:
    if CommissionRule.objects.exists():
        return 0
    made = [
        CommissionRule(
            position=int(row["position"]),
            maker_kind=row["maker_kind"],
            share_bp=int(row["share_bp"]),
            valid_from=SINCE,
            source="نمونه · demo",
            is_demo=True,
        )
        for row in rows("commission_rules")
    ]
    return len(CommissionRule.objects.bulk_create(made))


def _accounts() -> int:
    sellers = list(Partner.objects.filter(maker__is_demo=True, iban="").select_related("maker"))
    for seller in sellers:
        iban = demo_iban(seller.pk)
        verify_iban(seller=set_iban(seller=seller, iban=iban, owner=f"نمونه: {seller.name}"[:120]), on=today())
    return len(sellers)


def demo_iban(number: int) -> str:
    """A number of the right form and check digits that no bank ever gave."""
    return IBAN.from_bban("IR", f"{NO_BANK}{number:019d}").compact
