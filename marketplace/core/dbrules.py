"""Rules that the database holds itself. One declaration each, written for SQLite and PostgreSQL, installed after every migrate.

A trigger made in a migration would vanish where tests create tables without migrations, so `post_migrate` installs them.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connections

from marketplace.core.clock import TODAY_SQL

#: Letters that PostgreSQL keeps of a name.
LONGEST_NAME = 63
#: PostgreSQL empties a table without touching a row; SQLite knows no such statement.
TRUNCATE = "TRUNCATE"
#: SQLite's REPLACE takes the old row away without a DELETE or UPDATE; no guarded table lets it.
NEVER_REPLACED = "no_row_is_replaced"


@dataclass(frozen=True)
class Guard:
    """One table a rule watches. `breach` is SQL that is true when the new row breaks it; it may use NEW, {today}, {true},
    {false}, and {locked} after an inner SELECT whose row nobody else may change until this one is committed."""

    table: str
    breach: str
    events: tuple[str, ...] = ("INSERT", "UPDATE")
    columns: tuple[str, ...] = ()
    part: str = ""  # tells two guards of one table and event apart


@dataclass(frozen=True)
class DatabaseRule:
    """A rule's name, which every refusal carries, and the tables it watches."""

    name: str
    guards: tuple[Guard, ...] = field(default_factory=tuple)


def grows_only(name: str, *tables: str) -> DatabaseRule:
    """A rule that lets rows be added to tables, and nothing else."""
    ways = ("UPDATE", "DELETE", TRUNCATE)
    return DatabaseRule(name, tuple(Guard(table, "{true}", events=(way,)) for table in tables for way in ways))


_rules: dict[str, DatabaseRule] = {}


def declare(rule: DatabaseRule) -> DatabaseRule:
    """Add a rule to those that `install` writes into the database."""
    _rules[rule.name] = rule
    return rule


def declared() -> list[DatabaseRule]:
    """Every declared rule, by name."""
    return [_rules[name] for name in sorted(_rules)]


def install(using: str = "default") -> None:
    """Write every declared trigger anew. Safe to repeat. Tables that do not exist yet are passed over."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    write = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for name, table in _outdated(connection):
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
        for rule in declared():
            for guard in rule.guards:
                if guard.table in tables:
                    for statement in write(rule.name, guard):
                        cursor.execute(statement)
        if connection.vendor == "sqlite":
            for table in _guarded() & tables:
                for statement in _never_replaced(cursor, table):
                    cursor.execute(statement)


def _guarded() -> set[str]:
    return {guard.table for rule in declared() for guard in rule.guards}


def _never_replaced(cursor: Any, table: str) -> list[str]:
    """SQLite: an insert whose key or unique columns are taken is refused before REPLACE can act."""
    keys = []
    cursor.execute(f"PRAGMA table_info({table})")
    keys.append([column for _id, column, _type, _null, _default, key in cursor.fetchall() if key])
    cursor.execute(f"PRAGMA index_list({table})")
    for _seq, index, unique, _origin, partial in cursor.fetchall():
        if unique and not partial:
            cursor.execute(f'PRAGMA index_info("{index}")')
            keys.append([column for _seq, _id, column in cursor.fetchall() if column])
    taken = " OR ".join("(" + " AND ".join(f'"{one}" = NEW."{one}"' for one in key) + ")" for key in keys if key)
    trigger = f"{NEVER_REPLACED}_{table}_insert"
    return [
        f"DROP TRIGGER IF EXISTS {trigger}",
        f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM {table} WHERE {taken})) "
        f"BEGIN SELECT RAISE(ABORT, '{NEVER_REPLACED}: UNIQUE constraint failed: {table}'); END",
    ]


def uninstall(using: str = "default") -> None:
    """Take every trigger of ours away, while tables are rebuilt: SQLite renames tables under them. `install` brings them back."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ours = (NEVER_REPLACED, *(rule.name for rule in declared()))
        for (name,) in cursor.fetchall():
            if name.startswith(ours):
                cursor.execute(f'DROP TRIGGER "{name}"')


def missing(using: str = "default") -> list[str]:
    """Tables whose trigger of a declared rule is not in the database, as `rule on table`."""
    connection = connections[using]
    there = {name for name, _table in _triggers(connection)}
    lost = [
        f"{rule.name} on {guard.table}"
        for rule in declared()
        for guard in rule.guards
        for name in _names(connection.vendor, rule, guard)
        if name not in there
    ]
    if connection.vendor == "sqlite":
        lost += [
            f"{NEVER_REPLACED} on {table}"
            for table in sorted(_guarded())
            if f"{NEVER_REPLACED}_{table}_insert" not in there
        ]
    return lost


def _names(vendor: str, rule: DatabaseRule, guard: Guard) -> list[str]:
    """The triggers of one guard: SQLite wants one for each event."""
    name = _trigger_name(rule.name, guard)
    if vendor != "sqlite":
        return [name]
    return [f"{name}_{event.lower()}" for event in guard.events if event != TRUNCATE]


def _triggers(connection: Any) -> list[tuple[str, str]]:
    """Triggers that act, with their tables."""
    asked = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchall()


def _outdated(connection: Any) -> list[tuple[str, str]]:
    """Triggers of declared rules that an earlier declaration wrote, and today's does not."""
    now = {name for rule in declared() for guard in rule.guards for name in _names(connection.vendor, rule, guard)}
    ours = tuple(f"{rule.name}_" for rule in declared())
    return [(name, table) for name, table in _triggers(connection) if name.startswith(ours) and name not in now]


def _trigger_name(name: str, guard: Guard) -> str:
    """The rule's name first, so that every message begins with it. PostgreSQL would cut a longer name by itself, and not find it again."""
    part = (guard.part,) if guard.part else ()
    whole = "_".join((name, guard.table, *part, *(event.lower()[:3] for event in guard.events)))
    if len(whole) <= LONGEST_NAME:
        return whole
    digest = sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: LONGEST_NAME - len(digest) - 1]}_{digest}"


def _sqlite(name: str, guard: Guard) -> list[str]:
    breach = guard.breach.format(today=TODAY_SQL["sqlite"], false="0", true="1", locked="")
    statements = []
    for event in guard.events:
        if event == TRUNCATE:
            continue
        trigger = f"{_trigger_name(name, guard)}_{event.lower()}"
        of = f" OF {', '.join(guard.columns)}" if event == "UPDATE" and guard.columns else ""
        statements += [
            f"DROP TRIGGER IF EXISTS {trigger}",
            f"CREATE TRIGGER {trigger} BEFORE {event}{of} ON {guard.table} FOR EACH ROW WHEN ({breach}) "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ]
    return statements


def _postgresql(name: str, guard: Guard) -> list[str]:
    breach = guard.breach.format(today=TODAY_SQL["postgresql"], false="FALSE", true="TRUE", locked=" FOR UPDATE")
    function = _trigger_name(name, guard)
    row = "OLD" if guard.events == ("DELETE",) else "NEW"
    each = "ROW"
    if guard.events == (TRUNCATE,):
        row, each = "NULL", "STATEMENT"
    events = " OR ".join(
        event + (f" OF {', '.join(guard.columns)}" if event == "UPDATE" and guard.columns else "")
        for event in guard.events
    )
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({breach}) THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; END IF; "
        f"RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {function} ON {guard.table}",
        f"CREATE TRIGGER {function} BEFORE {events} ON {guard.table} FOR EACH {each} EXECUTE FUNCTION {function}()",
    ]
