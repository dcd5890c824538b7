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
    """Between entering and leaving: processor seconds of the server, of its database and of the machine, and the clock."""

    def __init__(self, server: int, connection: Any) -> None:
        self.server, self.connection = server, connection
        self.clock = self.served = self.asked = self.busy = self.idle = 0.0

    def _read(self, sign: int) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            # its parent counts the sessions that ended too: they change every minute
            database = _family(_parent(cursor.fetchone()[0]))
        busy, idle = _machine()
        self.clock += sign * time.monotonic()
        self.served += sign * sum(map(_seconds, _family(self.server)))
        self.asked += sign * sum(map(_seconds, database))
        self.busy += sign * busy
        self.idle += sign * idle

    def __enter__(self) -> "Busy":
        self._read(-1)
        return self

    def __exit__(self, *_error: object) -> None:
        self._read(1)

    def lines(self, answers: int) -> Iterator[str]:
        """In two sentences."""
        yield (
            f"{answers / self.clock:.0f} looks a second; a look costs the server {1000 * self.served / answers:.2f} ms of a core"
            f" and the database {1000 * self.asked / answers:.2f} ms"
        )
        own = self.served + self.asked
        yield (
            f"{os.cpu_count()} cores, busy {100 * self.busy / (self.busy + self.idle):.0f} %, of that "
            f"{100 * own / self.busy:.0f} % server and database, the rest readers and other programs; "
            f"load {' '.join(f'{one:.1f}' for one in os.getloadavg())}"
        )
