"""Keeps a few child processes alive, each in a process group of its own, and ends them all together.

Guarantees: a child that dies is started again, later each time it dies at once; a stop asks every group politely, and after
`patience` seconds ends what is left, grandchildren too.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

_SHORT_LIFE, _LONGEST_WAIT = 10.0, 30.0
_LOOK_EVERY = 0.2


@dataclass
class Child:
    """A program to keep running."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    short_lives: int = field(default=0)

    def start(self) -> None:
        """In a session of its own: a Ctrl-C at the terminal reaches the supervisor alone, which then ends the children in order."""
        self.process = subprocess.Popen(  # noqa: S603  the command is our own
            self.command, env=self.environment, start_new_session=True, stdin=subprocess.DEVNULL
        )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number: int) -> None:
        """Signal the child and all it started; quiet when they are gone."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Starts children, restarts them, stops them. `say` prints one line for a person."""

    def __init__(self, children: list[Child], say: Callable[[str], object], patience: float = 6.0) -> None:
        self.children, self.say, self.patience = children, say, patience
        self.stopping = False

    def start(self) -> None:
        for child in self.children:
            child.start()

    def add(self, child: Child) -> None:
        """Start one more."""
        child.start()
        self.children.append(child)

    def ask_to_stop(self, *_signal: object) -> None:
        """For signal handlers: `watch` returns at its next look."""
        self.stopping = True

    def watch(self, until: Callable[[], bool] | None = None) -> bool:
        """Restart what dies until asked to stop (False) or until `until()` is true (True)."""
        while not self.stopping:
            for child in self.children:
                self._look_after(child)
            if until is not None and until():
                return True
            time.sleep(_LOOK_EVERY)
        return False

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_running:
            return
        if child.start_again_at:
            if now >= child.start_again_at:
                child.start_again_at = 0.0
                child.start()
            return
        child.short_lives = child.short_lives + 1 if now - child.started_at < _SHORT_LIFE else 0
        wait = min(_LONGEST_WAIT, 2.0**child.short_lives) if child.short_lives else 0.0
        child.signal_group(signal.SIGKILL)  # what it left behind
        code = child.process.returncode if child.process else None
        self.say(f"{child.name} ended (code {code}); starting it again in {wait:.0f} s")
        child.start_again_at = now + wait

    def stop(self) -> None:
        """End every child: politely, then after `patience` seconds for good, with whatever is left in its group."""
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline and any(child.is_running for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
