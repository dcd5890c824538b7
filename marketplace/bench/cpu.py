"""How busy the machine was, and by whom: the server's own processor time says more than a clock on a machine that others use too."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended, or is on another machine
        return []


def _seconds(pid: int) -> float:
    """Processor time of a process: its own and that of its ended children."""
    told = _stat(pid)
    return sum(map(int, told[11:15])) / _TICKS if told else 0.0


def _family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *map(int, children)]


def _parent(pid: int) -> int:
    """The process that started one; 0 for one that is not here."""
    told = _stat(pid)
    return int(told[1]) if told else 0


def _machine() -> tuple[float, float]:
    """Busy and idle seconds of all cores since the start."""
    told = [int(part) / _TICKS for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle = told[3] + told[4]
    return sum(told) - idle, idle


class Busy:
    """Between entering and leaving: processor seconds of processes with their children, of the database, of the machine; the clock."""

    def __init__(self, connection: Any, **processes: int) -> None:
        """`processes`: the word by which one is told, and its number."""
        self.connection, self.processes = connection, processes
        self.clock = self.busy = self.idle = 0.0
        self.spent = dict.fromkeys([*processes, "database"], 0.0)

    def _read(self, sign: int) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            # its parent counts the sessions that ended too: they change every minute
            database = _parent(cursor.fetchone()[0])
        busy, idle = _machine()
        self.clock += sign * time.monotonic()
        for name, process in {**self.processes, "database": database}.items():
            self.spent[name] += sign * sum(map(_seconds, _family(process)))
        self.busy += sign * busy
        self.idle += sign * idle

    def __enter__(self) -> "Busy":
        self._read(-1)
        return self

    def __exit__(self, *_error: object) -> None:
        self._read(1)

    def each_ms(self, answers: int) -> float:
        """Milliseconds of a core that one answer costs in all."""
        return 1000 * sum(self.spent.values()) / answers

    def lines(self, answers: int, what: str) -> Iterator[str]:
        """In two sentences; `what` is the word for one answer."""
        told = ", ".join(f"{name} {1000 * spent / answers:.2f}" for name, spent in self.spent.items())
        yield (
            f"{answers / self.clock:.1f} {what}s a second; a {what} costs {self.each_ms(answers):.2f} ms of a core: {told}"
        )
        yield (
            f"{os.cpu_count()} cores, busy {100 * self.busy / (self.busy + self.idle):.0f} %, of that "
            f"{100 * sum(self.spent.values()) / self.busy:.0f} % these, the rest who asks and other programs; "
            f"load {' '.join(f'{one:.1f}' for one in os.getloadavg())}"
        )
