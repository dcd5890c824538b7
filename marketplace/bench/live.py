"""A market as production runs it, on a PostgreSQL database that is made for a measurement and thrown away.

Three processes follow one another: the one that was called makes the database, the second fills it as a demo, the third has the
settings of production and starts the market's own web server.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

from marketplace.core import web_server

#: Set in the processes that are started here: "fill" or "measure".
PART = "RASTEH_BENCH_LIVE"
HOST = "127.0.0.1"


class NoServer(Exception):
    """No PostgreSQL is named, or the market did not answer."""


def is_named() -> bool:
    """Whether DATABASE_URL names a PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))


def server_named() -> str:
    """The address of a PostgreSQL. Raises NoServer."""
    if not is_named():
        raise NoServer(
            "This measures on PostgreSQL: set DATABASE_URL to a server where a database may be made, such as "
            "postgres://postgres@127.0.0.1:5432/postgres, or use `make bench-verify` or `make bench-orders`, which start one."
        )
    return os.environ["DATABASE_URL"]


@contextmanager
def own_database(named: str) -> Iterator[str]:
    """The address of a new database beside the one that is named; it is thrown away in any case."""
    name = f"rasteh_bench_{secrets.token_hex(4)}"
    with psycopg.connect(named, autocommit=True) as at:
        at.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(named)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(named, autocommit=True) as at:
            at.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(arguments: list[str], **more: str) -> int:
    """Fill, then measure, each in a process with its own settings; `more` goes into the environment of production.

    Returns what the one that failed returned. Raises NoServer.
    """
    with own_database(server_named()) as database, tempfile.TemporaryDirectory(prefix="rasteh-bench-") as folder:
        shared = {"DATABASE_URL": database, "RASTEH_VAR": folder, "DEMO_WORKS": "60"}
        live = shared | _LIVE | more
        return _part("fill", arguments, shared | {"RASTEH_ENV": "demo"}) or _part("measure", arguments, live)


_LIVE = {
    "RASTEH_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "CREDENTIAL_KEY_SECRET": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": HOST,
    "SITE_URL": f"https://{HOST}",
    "PAYMENT_GATEWAY": "zarinpal",
    "ZARINPAL_MERCHANT_ID": "00000000-0000-0000-0000-000000000000",
}


def _part(part: str, arguments: list[str], told: dict[str, str]) -> int:
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    others = {"S3_BUCKET_PUBLIC", "ELASTICSEARCH_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in others} | told | {PART: part}
    return subprocess.run([sys.executable, manage, *arguments], env=environment).returncode  # noqa: S603  our own command


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """The market behind its own web server: port and process. Raises NoServer."""
    port = free_port()
    with program(web_server.command(HOST, port), port=port) as pid:
        yield port, pid


@contextmanager
def program(command: Sequence[str], *, port: int) -> Iterator[int]:
    """A program that answers at `/healthz` of its port: its process. What it writes is kept in a file. Raises NoServer."""
    log = Path(settings.VAR_DIR) / f"server-{port}.log"
    with log.open("wb") as heard:
        child = subprocess.Popen(command, stdout=heard, stderr=heard, start_new_session=True)  # noqa: S603
    try:
        for _nth in range(120):
            with suppress(OSError):
                urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
                break
            time.sleep(0.5)
        else:
            raise NoServer(f"It did not answer within a minute.\n{log.read_text()[-2000:]}")
        yield child.pid
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(15)
