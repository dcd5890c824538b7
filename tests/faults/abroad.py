"""A Stripe that remembers, behind a real address, so that all processes of the market ask the same one."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from marketplace.payments import gateways
from marketplace.payments.gateways.stripe_gateway import Stripe
from tests.payments.hosted import SECRET, Hosted

#: Where a process of a test finds it.
ADDRESS = "STRIPE_OF_THE_TEST"
OFFERED = "sandbox,stripe"


def plug_in() -> None:
    """Ask it instead of Stripe, in a process that was told where it is."""
    url = os.environ.get(ADDRESS)
    if url:
        gateways.GATEWAYS["stripe"] = lambda: Stripe(
            secret_key="sk_test_x",  # opens nothing but this server
            webhook_secret=SECRET,
            currencies=("EUR",),
            base_url=url,
        )


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def _app(hosted: Hosted) -> Callable:
    def answer(environ: dict, start_response: Callable) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        headers = {"Idempotency-Key": environ.get("HTTP_IDEMPOTENCY_KEY", "")}
        url = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        text, status, _headers = hosted.request(environ["REQUEST_METHOD"].lower(), url, headers, body)
        start_response(f"{status} said", [("Content-Type", "application/json")])
        return [text.encode()]

    return answer


@contextmanager
def at_an_address(hosted: Hosted) -> Iterator[str]:
    """The address at which it answers."""
    server = make_server("127.0.0.1", 0, _app(hosted), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
