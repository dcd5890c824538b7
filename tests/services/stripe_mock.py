"""Stripe's own checker of requests (stripe-mock): it knows every parameter, keeps nothing, and refuses what it does not know."""

import fcntl
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.services.elastic_fetch import CACHE
from tests.services.server import Server, ServerDidNotStart, free_port

VERSION = "v0.203.0"
MODULE = "github.com/stripe/stripe-mock"


def program() -> Path:
    """The program, built through the Go module proxy when it is not there (a minute, 33 MB kept).

    Raises ServerDidNotStart when Go is missing or too old, or the module cannot be had.
    """
    CACHE.mkdir(exist_ok=True)
    built = CACHE / f"stripe-mock-{VERSION}" / "stripe-mock"
    with (CACHE / "stripe-mock.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            _build(built.parent)
    return built


def _build(folder: Path) -> None:
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        raise ServerDidNotStart("Go is not installed: 1.22 or newer is needed to build stripe-mock.")
    print(f"Building stripe-mock {VERSION}, once …", flush=True)
    env = os.environ | {"GOBIN": str(folder), "GOFLAGS": "-mod=mod -buildvcs=false"}
    done = subprocess.run([go, "install", f"{MODULE}@{VERSION}"], env=env, capture_output=True, check=False)
    if done.returncode != 0:
        raise ServerDidNotStart(f"stripe-mock was not built:\n{done.stderr.decode(errors='replace')[-2000:]}")


class StripeMock(Server):
    """It accepts any key that looks like a test key."""

    name = "stripe-mock"
    named_by = ("STRIPE_MOCK_URL",)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        other = free_port()
        self.spawn([str(program()), "-http-addr", f"127.0.0.1:{self.port}", "-https-addr", f"127.0.0.1:{other}"])

    def wait(self) -> dict[str, str]:
        """The variable by which the tests find it."""
        self.wait_until(self._answers)
        return {"STRIPE_MOCK_URL": self.url}

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=2):
                return True
        except urllib.error.HTTPError:
            return True  # it asks for a key, so it is there
        except (urllib.error.URLError, OSError):
            return False
