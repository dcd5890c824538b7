"""What the database itself holds of the books, in SQLite and PostgreSQL, against every hand: ours, the admin's, a shell's."""

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
