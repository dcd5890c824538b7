import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from marketplace.core import jobs, outbox


class Command(BaseCommand):
    help = "Does what is left for later: the outbox, stored tasks, and jobs by the clock. SIGTERM stops it."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        tasks = _tasks(batch=once, interval=interval)
        if once:
            while outbox.drain():
                pass
            tasks.run()
            jobs.run_due()
            while outbox.drain():
                pass
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        # a daemon: a long task must not hold up the stop, it is begun again by whoever wants it done
        threading.Thread(target=_run_tasks, args=(tasks, stop), daemon=True).start()
        _look_until(stop, interval)
        connections.close_all()
        # a plain return would wait for the task's own threads and pools
        os._exit(0)


def _look_until(stop: threading.Event, interval: float) -> None:
    """Outbox and clock, until asked to stop or left alone by the supervisor."""
    parent = os.getppid()
    while not stop.is_set() and os.getppid() == parent:
        close_old_connections()
        try:
            waited = not outbox.drain()
            jobs.run_due()
        except OperationalError:  # a locked or restarting database: look again
            waited = True
        if waited:
            stop.wait(interval)


def _tasks(*, batch: bool, interval: float) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _run_tasks(tasks: Worker, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            tasks.run()
        except OperationalError:
            stop.wait(tasks.interval)
