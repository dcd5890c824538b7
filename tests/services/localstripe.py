"""A Stripe that remembers what was paid and refunded (localstripe), in a process of its own, on 127.0.0.1 alone.

Its own start listens on every address, so its application is served here instead.
"""

import sys
import urllib.error
import urllib.request

from tests.services.server import Server

SERVE = (
    "import sys; from aiohttp import web; from localstripe.server import app; "
    "web.run_app(app, host='127.0.0.1', port=int(sys.argv[1]))"
)


class LocalStripe(Server):
    """It takes any key that begins with `sk_`, and knows no idempotency keys."""

    name = "localstripe"
    named_by = ("LOCALSTRIPE_URL",)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.spawn([sys.executable, "-c", SERVE, str(self.port)])

    def wait(self) -> dict[str, str]:
        """The variable by which the tests find it."""
        self.wait_until(self._answers)
        return {"LOCALSTRIPE_URL": self.url}

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/js.stripe.com/v3/", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False
