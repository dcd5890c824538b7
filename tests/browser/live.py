"""The market as a person meets it: its real processes on ports of their own, over a database of its own."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.services.server import Server, ServerDidNotStart, free_port

ROOT = Path(__file__).resolve().parents[2]
WORKS = 60
#: Many stories buy of the demo's maker; none is to be the last.
ENOUGH = (
    "from marketplace.partner.models import StockRecord; "
    "StockRecord.objects.filter(partner__maker__owner__username='artisan', num_in_stock__gt=1).update(num_in_stock=40)"
)
# A journey runs on the embedded parts, whatever servers the environment names.
FOREIGN = ("DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL", "S3_ENDPOINT_URL", "S3_BUCKET_PUBLIC", "S3_BUCKET_PRIVATE")


class LiveSite(Server):
    """`manage.py run`: web, worker and sandbox gateway under their own supervisor."""

    name = "live"
    stop_signal = signal.SIGINT
    start_seconds = 180.0
    stop_seconds = 30.0

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port(2)  # the sandbox gateway takes the one after the site's
        self.url = f"http://127.0.0.1:{self.port}"
        self.gateway_url = f"http://127.0.0.1:{self.port + 1}"
        self.var = self.folder / "var"
        self.env = (
            os.environ
            | dict.fromkeys(FOREIGN, "")
            | {
                "RASTEH_ENV": "demo",
                "RASTEH_VAR": str(self.var),
                "DEMO_WORKS": str(WORKS),
                "PORT": str(self.port),
                "SITE_URL": self.url,
                "SANDBOX_GATEWAY_URL": self.gateway_url,
                "PYTHONUNBUFFERED": "1",
            }
        )

    def start(self) -> None:
        """Prepare everything, start, and return when the site says it is ready."""
        self.manage("run", "--prepare-only")
        self.manage("demo", "--works", str(WORKS))  # with all its pictures, so that no worker draws beside a test
        self.manage("shell", "-c", ENOUGH)
        self.spawn([sys.executable, str(ROOT / "manage.py"), "run"], self.env)
        self.wait_until(self._ready)

    def manage(self, *arguments: str) -> str:
        """What a management command of this site prints; ServerDidNotStart with its complaint when it fails."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServerDidNotStart(f"manage.py {' '.join(arguments)}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def sql(self, query: str, *values: object) -> list[tuple]:
        """Rows of the site's database, read from outside; a write is refused."""
        with sqlite3.connect(f"file:{self.var / 'rasteh.sqlite3'}?mode=ro", uri=True, timeout=20) as connection:
            return connection.execute(query, values).fetchall()

    def interrupt(self) -> list[str]:
        """Press Ctrl-C on the supervisor and return the commands of the processes it left behind."""
        self.process.send_signal(self.stop_signal)
        self.process.wait(self.stop_seconds)
        return [command for command in map(_command, self._processes()) if command]

    def stop(self) -> None:
        """End every process of the site, supervised or not."""
        if self.process is not None and self.process.poll() is None:
            super().stop()
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process.name), signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _processes(self) -> list[Path]:
        """The /proc folders of all processes that carry this site's folder in their environment."""
        mark = f"RASTEH_VAR={self.var}".encode()
        return [folder for folder in Path("/proc").glob("[0-9]*") if mark in _read(folder / "environ")]

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def _command(process: Path) -> str:
    return _read(process / "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()
