"""What every real server of the tests shares: a port, a folder, a start that waits, a stop that leaves nothing."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class ServerDidNotStart(RuntimeError):
    """A server ended or stayed silent; the message carries the end of its log."""


def free_port(row: int = 1) -> int:
    """A port of 127.0.0.1 that nothing listens on at this moment, nor on the `row - 1` ports after it."""
    while True:
        with contextlib.ExitStack() as probes:
            first = _bind(0, probes)
            with contextlib.suppress(OSError, OverflowError):
                for number in range(1, row):
                    _bind(first + number, probes)
                return first


def _bind(port: int, probes: contextlib.ExitStack) -> int:
    probe = probes.enter_context(socket.socket())
    probe.bind(("127.0.0.1", port))
    return int(probe.getsockname()[1])


def account(name: str) -> str | None:
    """The account a server drops to, or None when we are not root and keep our own."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam(name).pw_name


class Server:
    """One process in a folder and a session of its own: a Ctrl-C meant for the tests must not reach it first."""

    name = "server"
    stop_signal = signal.SIGTERM
    start_seconds = 90.0
    stop_seconds = 20.0

    def __init__(self, user: str | None = None) -> None:
        self.user = user
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"rasteh-{self.name}-"))
        self.log = self.folder / "console.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.give_away(self.folder)

    def give_away(self, path: Path) -> None:
        """Let the account the server drops to own a path and all below it."""
        if self.user is None:
            return
        for item in (path, *path.rglob("*")):
            shutil.chown(item, self.user, pwd.getpwnam(self.user).pw_gid)

    def run(self, command: Sequence[str]) -> None:
        """Run a helper command of the server to its end, as its account."""
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False, **self._as_user())
        if done.returncode != 0:
            raise ServerDidNotStart(f"{command[0]}: {done.stderr.decode(errors='replace')}")

    def spawn(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Start the server itself. Should we be killed outright, Linux stops it for us (`setpriv --pdeathsig`)."""
        if shutil.which("setpriv"):
            command = ["setpriv", "--pdeathsig", self.stop_signal.name.removeprefix("SIG"), "--", *command]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self._as_user(),
            )

    def wait_until(self, answers: Callable[[], bool]) -> None:
        """Return once the server answers; raise ServerDidNotStart after `start_seconds` or when it ends before."""
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            if answers():
                return
            time.sleep(0.1)
        raise ServerDidNotStart(f"{self.name} does not answer:\n{self.log_end()}")

    def log_end(self) -> str:
        """The last lines the server wrote."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])

    def stop(self) -> None:
        """End the process and everything it started, then remove the folder."""
        if self.process is not None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.stop_seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_user(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
