"""What gunicorn is told: a few threads for pages that wait for the database, and a quick end.

The market is loaded once, before the workers are forked. Taking all its objects apart again at the end would copy every page
of that shared memory, which takes seconds on a busy machine and serves nobody.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

preload_app = True
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 4
loglevel = "warning"
control_socket_disable = True


def command(host: str, port: int) -> list[str]:
    """How the market is served: by `manage.py run`, and wherever the same server is measured."""
    house = str(Path(__file__).resolve().parents[2])
    return [
        *(sys.executable, "-m", "gunicorn", "--config", f"python:{__name__}"),
        *("--chdir", house, "--bind", f"{host}:{port}", "marketplace.wsgi:application"),
    ]


#: New objects after which Python looks for circles among them; its usual 700 comes dozens of times while one page is made.
GARBAGE = (50_000, 20, 20)


def pre_fork(arbiter: Any, worker: Any) -> None:
    """What was loaded stays: looking through it for garbage would take time in every worker, and copy its pages."""
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def worker_exit(arbiter: Any, worker: Any) -> None:
    """Every answer is out by now."""
    os._exit(0)


def on_exit(arbiter: Any) -> None:
    """The workers have ended."""
    os._exit(0)
