"""The Nu HTML checker as one long-lived server on 127.0.0.1: a page takes milliseconds instead of a Java start."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from tests.services.server import Server

NPM_PARTS = Path(__file__).parent / "node_modules"


class NuChecker(Server):
    """It is sent the page's text and asks nothing of any network."""

    name = "nu"

    def start(self) -> None:
        self.spawn(
            [
                *("java", "-Xmx512m", "-XX:+UseSerialGC", "-Dnu.validator.servlet.bind-address=127.0.0.1"),
                *("-cp", str(NPM_PARTS / "vnu-jar" / "build" / "dist" / "vnu.jar")),
                *("nu.validator.servlet.Main", str(self.port)),
            ]
        )
        self.wait_until(self._answers)

    def errors(self, page: str) -> list[str]:
        """What is wrong with a page, given as its HTML or as an address; an empty list when nothing is."""
        html = fetch(page) if page.startswith(("http://", "https://")) else page.encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?out=json", html, {"Content-Type": "text/html; charset=utf-8"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            messages = json.load(answer)["messages"]
        return [
            f"line {message.get('lastLine', '?')}: {message['message']} … {message.get('extract', '').strip()}"
            for message in messages
            if message["type"] != "info"
        ]

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5):
                return True
        except OSError:
            return False


def fetch(address: str) -> bytes:
    """The body of a page, of an error page too."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()
