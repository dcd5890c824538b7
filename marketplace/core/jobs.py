"""What the worker does by the clock: rooms register a job in their `ready()`, the worker asks which are due.

Times are kept in the worker's memory: a restart runs every job at once, so a job must bear running too often.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function of no arguments that wants to run every so many seconds."""

    name: str
    seconds: float
    run: Callable[[], object]


_jobs: dict[str, Job] = {}
_last: dict[str, float] = {}


def every(name: str, *, seconds: float, run: Callable[[], object]) -> None:
    """Register a job; the same name again replaces it."""
    _jobs[name] = Job(name, seconds, run)


def registered() -> list[Job]:
    """Every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(now: float | None = None) -> list[str]:
    """Run the jobs that are due (`now`: monotonic seconds). One that fails is logged and tried again at its next turn."""
    now = time.monotonic() if now is None else now
    due = [job for job in registered() if job.name not in _last or now - _last[job.name] >= job.seconds]
    for job in due:
        _last[job.name] = now
        try:
            job.run()
        except Exception:  # a job may fail in any way; the others must not wait for it
            log.exception("job %s failed", job.name)
        close_old_connections()
    return [job.name for job in due]


def forget() -> None:
    """As after a restart: every job is due."""
    _last.clear()
