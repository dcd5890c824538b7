"""What the database itself holds of the books, against every hand: ours, the admin's, a shell's; and what a split and a payout ask."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.dbrules import TRUNCATE, DatabaseRule, Guard, declare, grows_only

_SUM = "SELECT COALESCE(SUM(p.amount_rial), 0) FROM ledger_posting p WHERE p.entry_id = NEW.id"
_COUNT = "SELECT COUNT(*) FROM ledger_posting p WHERE p.entry_id = NEW.id"
_FACTS = ("id", "source", "event", "on", "reference", "made_at")
_OTHER_FACTS = " OR ".join(f'NEW."{fact}" IS DISTINCT FROM OLD."{fact}"' for fact in _FACTS)

#: No account changes its meaning or goes.
ACCOUNTS_GROW_ONLY = declare(grows_only("accounts_grow_only", "ledger_account"))
#: A posting is never changed nor taken away: a mistake is met by a new entry.
POSTINGS_GROW_ONLY = declare(grows_only("postings_grow_only", "ledger_posting"))
#: Postings join an entry until it is sealed. The row is locked, so that nobody seals it while a posting is on its way.
POSTINGS_JOIN_OPEN_ENTRIES = declare(
    DatabaseRule(
        "postings_join_open_entries",
        (
            Guard(
                "ledger_posting",
                "NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = NEW.entry_id AND e.sealed_at IS NULL{locked})",
                events=("INSERT",),
            ),
        ),
    )
)
#: An entry is written open; all that ever happens to it is its one seal, over two postings or more that sum to zero.
ENTRIES_BALANCE = declare(
    DatabaseRule(
        "sealed_entries_balance",
        (
            Guard("ledger_entry", "NEW.sealed_at IS NOT NULL", events=("INSERT",)),
            Guard("ledger_entry", f"({_SUM}) <> 0 OR ({_COUNT}) < 2", events=("UPDATE",)),
        ),
    )
)
ENTRIES_ARE_SEALED_ONCE = declare(
    DatabaseRule(
        "entries_are_sealed_once",
        (
            Guard(
                "ledger_entry",
                f"OLD.sealed_at IS NOT NULL OR NEW.sealed_at IS NULL OR {_OTHER_FACTS}",
                events=("UPDATE",),
            ),
            Guard("ledger_entry", "{true}", events=("DELETE",)),
            Guard("ledger_entry", "{true}", events=(TRUNCATE,)),
        ),
    )
)

_ITEM_FACTS = ("id", "payout_id", "seller_id", "amount_rial", "iban", "iban_owner", "trace")
#: What was sent to the bank stays as it was sent; a line goes from the file to paid, and from either to failed.
PAYOUTS_GO_FORWARD = declare(
    DatabaseRule(
        "payouts_go_forward",
        (
            Guard(
                "ledger_payoutitem",
                " OR ".join(f"NEW.{fact} <> OLD.{fact}" for fact in _ITEM_FACTS)
                + " OR OLD.state = 'failed' OR (NEW.state = 'prepared' AND OLD.state <> 'prepared')",
                events=("UPDATE",),
            ),
            Guard("ledger_payoutitem", "NEW.state <> 'prepared'", events=("INSERT",)),
            Guard("ledger_payoutitem", "{true}", events=("DELETE",)),
            Guard("ledger_payoutitem", "{true}", events=(TRUNCATE,)),
        ),
    )
)


def require_splitting_gateway(can_split: bool) -> None:
    """Raises ValidationError with code `gateway_cannot_split`."""
    if not can_split:
        raise ValidationError(
            _("This way of paying cannot send each maker their part; the market pays the makers afterwards."),
            code="gateway_cannot_split",
        )


def require_few_parts(count: int, *, most: int) -> None:
    """A payment goes to so many makers at most. Raises ValidationError with code `too_many_parts`."""
    if count > most:
        raise ValidationError(
            _(
                "One payment reaches %(most)s makers at most, and this basket has %(count)s. It can be paid in two or more."
            ),
            code="too_many_parts",
            params={"most": most, "count": count},
        )


def require_part_size(rial: int, *, least: int, seller: str) -> None:
    """Rial of a part. Raises ValidationError with code `part_too_small`."""
    if rial < least:
        raise ValidationError(
            _("The part of %(seller)s is too small to be sent with the payment; the market pays it afterwards."),
            code="part_too_small",
            params={"seller": seller},
        )


def require_verified_iban(iban: str, *, seller: str) -> None:
    """Raises ValidationError with code `iban_not_verified`."""
    if not iban:
        raise ValidationError(
            _("The account of %(seller)s is not verified yet; the market pays the part afterwards."),
            code="iban_not_verified",
            params={"seller": seller},
        )


def require_covered_parts(parts_rial: int, *, amount_rial: int) -> None:
    """Of a payment no more is sent than was paid. Raises ValidationError with code `split_over_amount`."""
    if parts_rial > amount_rial:
        raise ValidationError(
            _("The market gives a discount here: what it adds is paid to the makers afterwards."),
            code="split_over_amount",
        )


def require_something_to_pay(rial: int) -> None:
    """Raises ValidationError with code `nothing_to_pay`."""
    if rial <= 0:
        raise ValidationError(
            _("Nothing is to be paid: no maker with a verified account is owed money."), code="nothing_to_pay"
        )


def require_unfailed(failed: bool) -> None:
    """Raises ValidationError with code `payout_failed`."""
    if failed:
        raise ValidationError(
            _("This line failed before, and its money is owed again. Make a new file."), code="payout_failed"
        )
