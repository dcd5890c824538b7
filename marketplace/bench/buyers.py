"""The buyers: a process of its own that fills baskets in a running market, and then pays for them, so many at once.

`python -m marketplace.bench.buyers` reads what to buy from the first line of its standard input, prepares every basket over HTTP
up to the page with the button, writes "ready", waits for a second line, then presses all buttons and writes what it saw as JSON.
It needs nothing but Python. A buyer comes as from a browser: own cookies, an own address of this machine, a new connection each time.
"""

import http.client
import json
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlencode, urlsplit

from marketplace.bench.load import address

HOST = "127.0.0.1"
#: What a buyer waits for in turn: the pay button until the gateway's address, the gateway's button, the way back until the order
#: is committed, and the page that says thank you.
STEPS = ("pay", "gateway", "callback", "thank you")
TYPED = {
    "name": "خریدار نمونه",
    "mobile": "09130000000",
    "province": "kerman",
    "city": "سیرجان",
    "address": "خیابان نمونه، پلاک ۱",
    "postal_code": "7814612345",
    "email": "buyer@example.org",
}
TOKEN = "a" * 32  # a browser's own, which the market compares with the form's


class NotSold(Exception):
    """The market led somewhere else than to an order: the step, and what it answered."""


@dataclass(frozen=True)
class Wanted:
    """The market's port, the offers of each basket, how many buyers at once, and the number of the first buyer."""

    port: int
    baskets: list[list[int]]
    at_once: int
    first: int = 0


@dataclass
class Seen:
    """Milliseconds of each step by order, what went wrong, and seconds from the first press to the last answer."""

    orders: list[list[float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


class _PayForm(HTMLParser):
    """The fields that a browser sends with the pay button."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        chosen = told.get("type") == "hidden" or (told.get("type") == "radio" and "checked" in told)
        chosen = chosen or told.get("name") == "terms"  # which a buyer ticks
        if tag == "input" and chosen and told.get("name"):
            self.fields[str(told["name"])] = told.get("value") or ""


class Buyer:
    """A guest; `number` makes the address this one comes from."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.source = port, address(65_536 + number)
        self.cookies = {"csrftoken": TOKEN}
        self.form: dict[str, str] = {}

    def prepare(self, offers: Iterable[int]) -> None:
        """A basket of these offers, an address, delivery as first offered, and the page with the button. Raises NotSold."""
        for offer in offers:
            self._led("/basket/add/", {"offer": str(offer), "quantity": "1"})
        self._led("/checkout/", TYPED)
        status, _led, page = self._ask("GET", "/checkout/pay/")
        self.form = _PayForm(page).fields
        if status != 200 or "total" not in self.form:
            raise NotSold(f"the pay page answered {status} without a total")

    def buy(self) -> list[float]:
        """Press the button, pay at the gateway, come back, read the thanks: milliseconds of each step. Raises NotSold."""
        times = [time.perf_counter()]
        gateway = self._led("/checkout/pay/", self.form)
        times.append(time.perf_counter())
        back = urlsplit(_press(gateway))
        times.append(time.perf_counter())
        done = self._led(f"{back.path}?{back.query}")
        times.append(time.perf_counter())
        status, _led, page = self._ask("GET", urlsplit(done).path)
        times.append(time.perf_counter())
        if status != 200 or "RST-" not in page:
            raise NotSold(f"the page of thanks answered {status} at {done}")
        return [1000 * (after - before) for before, after in pairwise(times)]

    def _led(self, path: str, form: dict[str, str] | None = None) -> str:
        """Where an answer leads. Raises NotSold when it is a page."""
        status, led, page = self._ask("POST" if form else "GET", path, form)
        if status != 302:
            raise NotSold(f"{path} answered {status}: {page[:200]}")
        return led

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads and what it says, over the proxy that production has before it."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=60, source_address=(self.source, 0))
        headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "X-Forwarded-Proto": "https",
            "Accept": "text/html",
            "Connection": "close",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, answer.headers.get("Location", ""), page
        finally:
            line.close()

    def _keep(self, cookies: Iterable[str]) -> None:
        for cookie in cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value


def _press(gateway: str) -> str:
    """Pay on the gateway's page; the address it sends the buyer back to. Raises NotSold."""
    at = urlsplit(gateway)
    if "/pg/StartPay/" not in at.path:
        raise NotSold(f"the pay button led to {gateway}")
    line = http.client.HTTPConnection(at.netloc, timeout=60)
    try:
        line.request("POST", at.path, "status=OK", {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 303:
            raise NotSold(f"the gateway answered {answer.status}")
        return answer.headers["Location"]
    finally:
        line.close()


def prepared(wanted: Wanted) -> list[Buyer]:
    """A buyer for every basket, one press from paying. Raises NotSold."""

    def ready(nth: int) -> Buyer:
        buyer = Buyer(wanted.port, wanted.first + nth)
        buyer.prepare(wanted.baskets[nth])
        return buyer

    with ThreadPoolExecutor(wanted.at_once) as pool:
        return list(pool.map(ready, range(len(wanted.baskets))))


def pressed(buyers: list, at_once: int) -> Seen:
    """All buttons, so many in flight at any time."""
    seen = Seen()
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        for told in pool.map(_bought, [buyer.buy for buyer in buyers]):
            (seen.wrong if isinstance(told, str) else seen.orders).append(told)
    seen.seconds = time.perf_counter() - began
    return seen


def _bought(buy: Callable[[], list[float]]) -> list[float] | str:
    try:
        return buy()
    except (NotSold, OSError) as error:
        return f"{error.__class__.__name__}: {error}"


def main() -> None:
    """Prepare, say so, wait for a word, press."""
    wanted = Wanted(**json.loads(sys.stdin.readline()))
    buyers = prepared(wanted)
    print("ready", flush=True)
    sys.stdin.readline()
    json.dump(asdict(pressed(buyers, wanted.at_once)), sys.stdout)


if __name__ == "__main__":
    main()
