"""What must stand before the market can answer, each thing made only when it is missing or out of date.

Every step first looks whether there is anything to do, by the cheapest look that is still right, so a second start takes seconds.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marketplace.core import dbrules
from marketplace.core.message_catalogues import compile_catalogues
from marketplace.core.swift_migrations import swift_migrations

NOTHING = "nothing to do"
#: Oscar's own look is never shown, and it is half of all bytes; browsers do not need source maps.
_STATIC_NOT_SERVED = ["oscar", "*.map"]


@dataclass(frozen=True)
class Step:
    """A thing to make ready; `run` says in a few words what it did."""

    label: str
    run: Callable[[], str]


def steps() -> list[Step]:
    """Everything, in the order in which one needs the other."""
    found = [
        Step("message catalogues", _messages),
        Step("fonts", _fonts),
        Step("tables", make_tables),
        Step("static files", _static_files),
        Step("base data", _base_data),
    ]
    if settings.DEMO:
        found.append(Step("demo", _demo))
    return [*found, Step("search index", _index)]


def prepare(out: TextIO) -> float:
    """Run every step, one line each; a terminal also shows the one that runs. Returns how many seconds it took."""
    began = time.monotonic()
    for step in steps():
        start = time.monotonic()
        if out.isatty():
            out.write(f"  {step.label} …")
            out.flush()
        did = step.run()
        erase = "\r\033[K" if out.isatty() else ""
        out.write(f"{erase}  {step.label:<20}{time.monotonic() - start:6.1f} s  {did}\n")
        out.flush()
    return time.monotonic() - began


def _messages() -> str:
    written = compile_catalogues(settings.LOCALE_PATHS)
    return f"{len(written)} compiled" if written else NOTHING


def _fonts() -> str:
    if any((settings.BUILT_DIR / "fonts").glob("*.woff2")):
        return NOTHING
    call_command("build_fonts", stdout=_Silence())
    return "made"


def make_tables() -> str:
    """Migrate when something is missing; write the database's own rules anew in any case, they change without migrations."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        _migrate(first=not executor.loader.applied_migrations)
    else:
        dbrules.install()
    call_command("createcachetable", stdout=_Silence())
    return f"{missing} migrations" if missing else NOTHING


def _migrate(*, first: bool) -> None:
    """A first migration of a fresh SQLite file need not survive a power cut halfway: it would be done again."""
    fresh_sqlite = first and connection.vendor == "sqlite"
    if fresh_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    with swift_migrations() if first else nullcontext():
        call_command("migrate", verbosity=0, interactive=False)
    if fresh_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def _static_files() -> str:
    seal = settings.VAR_DIR / "static.sources"
    now = _sources_of_static_files()
    if seal.exists() and seal.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return NOTHING
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=_STATIC_NOT_SERVED)
    seal.write_text(now)
    return "collected"


def _sources_of_static_files() -> str:
    """A hash of every source's path, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(_STATIC_NOT_SERVED):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _base_data() -> str:
    call_command("load_base_data", stdout=_Silence())
    return "complete"


def _demo() -> str:
    call_command("demo", works=settings.DEMO_WORKS, pictures="first", stdout=_Silence())
    return "complete"


def _index() -> str:
    # core knows no engine: a change begins the first folder, a rebuild leaves a pointer to a folder of its own
    room, name = Path(settings.SEARCH_INDEX_DIR), f"works-{settings.SEARCH_INDEX_SHAPE}"
    if (room / f"{name}.current").exists() or (room / name / "meta.json").exists():
        return NOTHING
    call_command("rebuild_index", stdout=_Silence())
    return "built"


class _Silence:
    """Takes a command's output; its step says what is worth saying."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass
