"""`manage.py sandbox_gateway`: the gateway of the demo, on this machine only."""

import signal
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.payments.sandbox.app import SandboxGateway


class ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        """The supervisor's output is for people."""


class Command(BaseCommand):
    help = "Serve the sandbox payment gateway on 127.0.0.1. No money moves."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *args, port: int, **options) -> None:
        if settings.PRODUCTION and "sandbox" not in settings.PAYMENT_GATEWAY.split(","):
            raise CommandError("The sandbox gateway has no business beside a real one.")
        app = SandboxGateway(settings.VAR_DIR / "sandbox_gateway.sqlite3")
        with make_server("127.0.0.1", port, app, server_class=ThreadingServer, handler_class=QuietHandler) as server:
            signal.signal(signal.SIGTERM, _stop)
            self.stdout.write(f"sandbox gateway: http://127.0.0.1:{port}")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("sandbox gateway stopped")


def _stop(*_args) -> None:
    raise KeyboardInterrupt
