"""The label's page as a million labels meet it: production's settings and server, PostgreSQL, readers in a process of their own.

Three processes follow one another over a database that is made for them and thrown away: the one that was called makes it, the second
fills it as a demo, the third has the settings of production, starts the server, counts queries and bytes, and lets the readers in.
The throttle stands as it is: every look comes from another address of this machine.
"""

import gzip
import json
import logging
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.bench import load, passports
from marketplace.bench.cpu import Busy
from marketplace.bench.live import HOST, NoServer, server
from marketplace.core.preparation import prepare

AT_ONCE, ANSWERS, WARM_UP = 4, 6_000, 400
#: A first view of so many pages is weighed.
WEIGHED = 24
HEAD = f"{'look':<16}{'answers':>8}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}"


def fill(count: int, out) -> str:
    """The second process: what production serves (fonts, static files, tables), then the passports."""
    began = time.monotonic()
    prepare(out)
    filled = passports.fill(passports=count)
    return f"{filled.line} ({time.monotonic() - began:.0f} s to fill)"


def measure(count: int, answers: int) -> Iterator[str]:
    """The third process: the figures, line by line. Raises NoServer."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # here only; the server writes what it always writes
    chance = random.Random(3)  # noqa: S311  not a secret
    queries = {kind: _queries(kind, count, chance) for kind in load.KINDS}
    with server() as (port, pid):
        yield _weights(port, count, chance)
        _ask(port, count, WARM_UP, seed=1)
        with Busy(connection, server=pid) as busy:
            seen = _ask(port, count, answers, seed=2)
        yield from lines(seen, queries)
        yield from busy.lines(answers, "look")


def _queries(kind: str, count: int, chance: random.Random) -> int:
    """The most that any of a few looks took, throttle and all."""
    _share, prefix, accept, code, right = load.KINDS[kind]
    most = 0
    for nth in range(6):
        client = Client(REMOTE_ADDR=f"10.0.0.{nth}", HTTP_HOST=HOST)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(prefix + code(chance, count), headers={"accept": accept}, secure=True)
        if answer.status_code != right:
            raise NoServer(f"{kind}: answered {answer.status_code}")
        most = max(most, len(seen) if nth else 0)  # the first look opens the connection
    return most


def _ask(port: int, count: int, answers: int, *, seed: int) -> dict[str, load.Seen]:
    wanted = {"port": port, "passports": count, "answers": answers, "at_once": AT_ONCE, "seed": seed}
    command = [sys.executable, "-m", "marketplace.bench.load"]
    done = subprocess.run(command, input=json.dumps(wanted), stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return {kind: load.Seen(**facts) for kind, facts in json.loads(done.stdout).items()}


def lines(seen: dict[str, load.Seen], queries: dict[str, int]) -> Iterator[str]:
    """One line for every kind of look, and one for all."""
    yield HEAD
    whole = [ms for one in seen.values() for ms in one.milliseconds]
    for kind, one in [*seen.items(), ("all", load.Seen(whole, sum(one.wrong for one in seen.values())))]:
        times = sorted(one.milliseconds)
        middle, late = times[len(times) // 2], times[int(0.95 * (len(times) - 1))]
        asked = queries.get(kind, max(queries.values()))
        wrong = f"  {one.wrong} with a wrong status" if one.wrong else ""
        yield f"{kind:<16}{len(times):>8}{asked:>9}{middle:>9.1f}{late:>9.1f}{times[-1]:>9.1f}{wrong}"


def _weights(port: int, count: int, chance: random.Random) -> str:
    """What first views weigh: the page and all it loads on a phone of 360 px, as sent, without headers."""
    views = [first_view(port, f"/v/{load.known(chance, count)}") for _nth in range(WEIGHED)]
    heaviest = max(views, key=lambda view: sum(view.values()))
    parts = ", ".join(f"{what} {size / 1000:.1f}" for what, size in heaviest.items() if size)
    return f"first view of the heaviest of {WEIGHED} pages: {sum(heaviest.values()) / 1000:.1f} kB ({parts})"


def first_view(port: int, path: str) -> dict[str, int]:
    """Bytes by kind of what a browser asks for: the page, its style sheets, fonts, scripts, icon and the picture as wide as 360 px."""
    html, size = _get(port, path)
    found = {"page": size, "style": 0, "font": 0, "script": 0, "icon": 0, "picture": 0}
    styles = ""
    for tag in re.findall(r"<(?:link|script|img)\b[^>]*>", html.decode()):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("rel") == "stylesheet":
            style, size = _get(port, told["href"])
            found["style"] += size
            styles += style.decode()
        elif told.get("rel") == "icon":
            found["icon"] += _get(port, told["href"])[1]
        elif tag.startswith("<script") and "src" in told:
            found["script"] += _get(port, told["src"])[1]
        elif tag.startswith("<img"):
            found["picture"] += _get(port, _narrowest(told))[1]
    return found | {"font": sum(_get(port, f"/static/fonts/{name}")[1] for name in fonts_used(styles))}


def fonts_used(styles: str) -> set[str]:
    """Files of the fonts that a page loads: those whose family its last word on the typeface names."""
    declared = re.findall(r'@font-face\s*{\s*font-family:\s*"?([^;"]+)"?;[^}]*?([\w.-]+\.woff2)', styles)
    faces = re.findall(r"--face:([^;]+);", styles)
    families = {name.strip(' "') for name in faces[-1].split(",")} if faces else set()
    return {file for family, file in declared if family in families}


def _narrowest(told: dict[str, str]) -> str:
    """The picture that a phone of 360 px, one pixel to a point, takes of the set: 88 of 100 of its width."""
    offered = [one.split() for one in told.get("srcset", "").split(",") if one.strip()]
    fit = sorted((int(width[:-1]), address) for address, width in offered if int(width[:-1]) >= 317)
    return fit[0][1] if fit else told["src"]


def _get(port: int, path: str) -> tuple[bytes, int]:
    """What an address answers, taken apart, and its bytes on the way."""
    headers = {"Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.8", "X-Forwarded-Proto": "https"}
    asked = urllib.request.Request(f"http://{HOST}:{port}{path}", headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        body = answer.read()
        return (gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body), len(body)
