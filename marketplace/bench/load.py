"""The readers: a process of its own that asks a running market for labels, so many at once, each look from another address.

`python -m marketplace.bench.load` reads what to ask from its standard input and writes what it saw as JSON. It needs nothing but Python.
"""

import hashlib
import http.client
import itertools
import json
import random
import sys
import threading
import time
from dataclasses import asdict, dataclass

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Wanted:
    """What to ask: passports there are, answers in all, how many at once."""

    port: int
    passports: int
    answers: int
    at_once: int
    seed: int = 5


@dataclass
class Seen:
    """Of one kind of look: milliseconds of each, from opening the connection to the last byte, and a wrong status if there was one."""

    milliseconds: list[float]
    wrong: int = 0


def code_of(number: int) -> str:
    """The code of the passport with this number, from 1: letters that every code may have. `bench.passports` writes the same."""
    return hashlib.md5(f"label {number}".encode(), usedforsecurity=False).hexdigest()[:26].upper()


def known(chance: random.Random, passports: int) -> str:
    """A code that a label has."""
    return code_of(chance.randint(1, passports))


def unknown(chance: random.Random, passports: int) -> str:
    """A code that no label has."""
    return "".join(chance.choices(CODE_LETTERS, k=25)) + "Z"


def malformed(chance: random.Random, passports: int) -> str:
    """What cannot be a code."""
    return "".join(chance.choices(CODE_LETTERS, k=chance.randint(5, 40)))[:25] + "!"


PAGE, JSON = "text/html,application/xhtml+xml;q=0.9", "application/json"
#: Kind → (of a hundred looks, prefix of the address, accepted, code, right status).
KINDS = {
    "page, Persian": (40, "/v/", PAGE, known, 200),
    "page, English": (20, "/en/v/", PAGE, known, 200),
    "JSON": (15, "/v/", JSON, known, 200),
    "unknown": (10, "/v/", PAGE, unknown, 404),
    "malformed": (10, "/v/", PAGE, malformed, 404),
    "unknown, JSON": (5, "/v/", JSON, unknown, 404),
}


def addresses() -> itertools.count:
    """Numbers of readers' addresses; each becomes one of 127.1.0.0 to 127.255.255.254, which Linux takes for its own."""
    return itertools.count(65_536)


def address(number: int) -> str:
    """The address of a reader."""
    return f"127.{(number >> 16) % 254 + 1}.{number >> 8 & 255}.{number & 255}"


def ask(wanted: Wanted) -> dict[str, Seen]:
    """Ask until all answers are here; kinds in a fixed random order."""
    chance = random.Random(wanted.seed)  # noqa: S311  not a secret
    kinds = chance.choices(list(KINDS), weights=[share for share, *_rest in KINDS.values()], k=wanted.answers)
    looks = [(kind, KINDS[kind][1] + KINDS[kind][3](chance, wanted.passports)) for kind in kinds]
    seen = {kind: Seen([]) for kind in KINDS}
    line, lock, readers = iter(looks), threading.Lock(), addresses()

    def read() -> None:
        while True:
            with lock:
                look = next(line, None)
                reader = next(readers)
            if look is None:
                return
            kind, path = look
            milliseconds, status = _look(wanted.port, path, KINDS[kind][2], reader)
            with lock:
                seen[kind].milliseconds.append(milliseconds)
                seen[kind].wrong += status != KINDS[kind][4]

    threads = [threading.Thread(target=read) for _nth in range(wanted.at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _look(port: int, path: str, accept: str, reader: int) -> tuple[float, int]:
    """Another phone each time: a new connection, no cookie."""
    headers = {"Accept": accept, "Accept-Encoding": "gzip", "X-Forwarded-Proto": "https", "Connection": "close"}
    began = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address(reader), 0))
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        return (time.perf_counter() - began) * 1000, answer.status
    finally:
        line.close()


if __name__ == "__main__":
    json.dump({kind: asdict(one) for kind, one in ask(Wanted(**json.load(sys.stdin))).items()}, sys.stdout)
