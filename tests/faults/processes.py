"""Processes that a test starts and kills: the gateway, and a child of the market that stops at a named place."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

HOUSE = Path(settings.BASE_DIR)
START_SECONDS = 60


def environment(**more: str) -> dict[str, str]:
    """What makes a process live in this test's database."""
    at = connection.settings_dict
    named = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    told = {"RASTEH_ENV": "test", "DATABASE_URL": named, "SANDBOX_GATEWAY_URL": settings.SANDBOX_GATEWAY_URL}
    return os.environ | told | more


def answers(url: str, process: subprocess.Popen) -> None:
    """Wait until something answers at an address, whatever it says."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except OSError as error:
            if getattr(error, "code", None):  # it answered with an error page
                return
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


class Child:
    """`tests.faults.child`: begins an action and stands still at a place until it is killed."""

    def __init__(self, action: str, *arguments: str, halt: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", action, halt, *arguments],
            cwd=HOUSE,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill_at_halt(self) -> None:
        """kill -9, once it stands at its place."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        assert said == "halted", said
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=30)
        assert self.process.returncode == -signal.SIGKILL

    def result(self) -> str:
        """What it printed at its own end."""
        said, _nothing = self.process.communicate(timeout=START_SECONDS)
        assert self.process.returncode == 0
        return said.strip()


def killed(action: str, *arguments: str, halt: str) -> None:
    """Begin an action in a process of its own and kill it at a place."""
    Child(action, *arguments, halt=halt).kill_at_halt()
