"""Run a command with the real servers behind it: `python -m tests.services [--only NAMES] [-- COMMAND …]`.

A server that the environment already names is used as it is. Without a command the servers stay up until Ctrl-C.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType

from tests.services.elastic import Elasticsearch
from tests.services.localstripe import LocalStripe
from tests.services.postgres import Postgres
from tests.services.s3 import S3
from tests.services.server import ServerDidNotStart
from tests.services.stripe_mock import StripeMock

SERVERS = {kind.name: kind for kind in (Elasticsearch, Postgres, S3, StripeMock, LocalStripe)}


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def start(names: Sequence[str], stack: ExitStack) -> dict[str, str]:
    """Start the servers that the environment does not name and return the variables of all; `stack` stops them."""
    starting = []
    for name in names:
        kind = SERVERS[name]
        if any(os.environ.get(variable) for variable in kind.named_by):
            print(f"{name}: the one the environment names", flush=True)
            continue
        server = kind()
        stack.callback(server.stop)
        server.start()
        starting.append(server)
    variables: dict[str, str] = {}
    for server in starting:
        began = time.monotonic()
        variables |= server.wait()
        print(f"{server.name}: 127.0.0.1:{server.port} (waited {time.monotonic() - began:.1f} s)", flush=True)
    return variables


def run(command: Sequence[str], variables: dict[str, str]) -> int:
    """The command's exit code. A signal to us reaches the command, and we stay to stop the servers after it."""
    child = subprocess.Popen(command, env=os.environ | variables)
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has sent it to the command as well
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: child.send_signal(number))
    code = child.wait()
    return code if code >= 0 else 128 - code


def stay(variables: dict[str, str]) -> int:
    """Print what to export, then wait for Ctrl-C."""
    for name, value in variables.items():
        print(f"export {name}={shlex.quote(value)}")
    print("Ctrl-C stops them.", flush=True)
    signal.pause()
    return 0


def main(argv: Sequence[str]) -> int:
    """Parse, start, run, stop."""
    options, command = (argv[: argv.index("--")], argv[argv.index("--") + 1 :]) if "--" in argv else (argv, [])
    parser = argparse.ArgumentParser(prog="python -m tests.services", description=__doc__)
    parser.add_argument("--only", default=",".join(SERVERS), help="comma-separated, of: %(default)s")
    names = parser.parse_args(options).only.split(",")
    if unknown := set(names) - set(SERVERS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with ExitStack() as stack:
        try:
            variables = start(names, stack)
        except ServerDidNotStart as error:
            sys.exit(str(error))
        return run(command, variables) if command else stay(variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
