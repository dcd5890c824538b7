import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from marketplace.core import web_server
from marketplace.core.preparation import prepare
from marketplace.core.supervisor import Child, Supervisor

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Makes the market ready and serves it: web, worker and, in the demo, the sandbox gateway. Ctrl-C stops all."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--prepare-only", action="store_true", help="make everything ready, serve nothing")

    def handle(self, *args: Any, port: int, prepare_only: bool, **options: Any) -> None:
        sandbox = "sandbox" in [name.strip() for name in settings.PAYMENT_GATEWAY.split(",")]
        if not prepare_only:
            _require_free(port, f"make run PORT={port + 10}")
            if sandbox:
                _require_free(port + 1, f"make run PORT={port + 10}")
        # a SIGTERM while things are made ready ends the start as Ctrl-C does
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            seconds = prepare(self.stdout._out)
            self.stdout.write(f"Ready in {seconds:.1f} s.")
            connections.close_all()
            if not prepare_only:
                self._serve(port, sandbox)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _serve(self, port: int, sandbox: bool) -> None:
        web, *others = _children(port, sandbox)
        supervisor = Supervisor([web], self.stdout.write)
        signal.signal(signal.SIGTERM, supervisor.ask_to_stop)
        signal.signal(signal.SIGINT, supervisor.ask_to_stop)
        try:
            supervisor.start()
            if supervisor.watch(until=lambda: _answers(port)):
                # only now: on two cores they would keep the first page waiting
                for child in others:
                    supervisor.add(child)
                self._greet(port)
                supervisor.watch()
        finally:
            self.stdout.write("Stopping …")
            supervisor.stop()
            self.stdout.write("Stopped.")

    def _greet(self, port: int) -> None:
        self.stdout.write(f"\nRasteh answers at http://{HOST}:{port}/  (English: http://{HOST}:{port}/en/)")
        if settings.DEMO:
            call_command("demo", accounts_only=True, stdout=self.stdout)
        self.stdout.write("Ctrl-C stops it.")


def _children(port: int, sandbox: bool) -> list[Child]:
    environment = os.environ | {"PORT": str(port), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    if sandbox:
        environment["SANDBOX_GATEWAY_URL"] = f"http://{HOST}:{port + 1}"
    manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    # the drawing pool's tracker complains when it is ended with the worker
    quiet = environment | {"PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker"}
    children = [Child("web", web_server.command(HOST, port), environment), Child("worker", [*manage, "worker"], quiet)]
    if sandbox:
        gateway = [*manage, "sandbox_gateway", "--port", str(port + 1), "--skip-checks"]
        children.append(Child("sandbox gateway", gateway, environment))
    return children


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


def _require_free(port: int, advice: str) -> None:
    """Raises CommandError, one sentence, when something listens on a port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken by another program; choose another, for example: {advice}"
            ) from error
