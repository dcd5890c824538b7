"""A PostgreSQL cluster of its own for one run: made by initdb, durable in nothing, gone afterwards."""

import shutil
import signal
import subprocess
from pathlib import Path

from tests.services.server import Server, ServerDidNotStart, account

DATABASE = "rasteh"
FAST_NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
}


def binaries() -> Path:
    """The folder of initdb and postgres. Debian keeps them off the PATH, one folder for each version."""
    kept_off_path = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = kept_off_path[-1] if kept_off_path else shutil.which("initdb")
    if found is None:
        raise ServerDidNotStart("PostgreSQL's server is not installed: on Debian, apt-get install postgresql.")
    return Path(found).parent


class Postgres(Server):
    """Superuser `postgres`, trusted from 127.0.0.1; an empty database `rasteh` beside the ones tests make."""

    name = "postgresql"
    named_by = ("DATABASE_URL",)
    stop_signal = signal.SIGINT  # "fast": it ends sessions instead of waiting for them

    def __init__(self) -> None:
        super().__init__(account("postgres"))

    def start(self) -> None:
        data = self.folder / "data"
        self.run(
            [
                *(str(binaries() / "initdb"), "--pgdata", str(data), "--username=postgres", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            ]
        )
        settings = FAST_NOT_DURABLE | {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(self.folder)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.spawn([str(binaries() / "postgres"), "-D", str(data), "-p", str(self.port), *options])

    def wait(self) -> dict[str, str]:
        """The variables by which the settings find it."""
        at = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]
        ready = [str(binaries() / "pg_isready"), "--quiet", *at]
        self.wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
        self.run([str(binaries() / "createdb"), *at, DATABASE])
        return {"DATABASE_URL": f"postgres://postgres@127.0.0.1:{self.port}/{DATABASE}"}
