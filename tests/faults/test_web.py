"""Buyers at the market's own web server: fifty on the last piece, two windows, and a database that is restarted under them."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from marketplace.checkout.models import Purchase
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated
from tests.faults.processes import HOUSE, environment
from tests.faults.test_killed import PRICE, sold_once
from tests.faults.web import Browser, served
from tests.services.postgres import FAST_NOT_DURABLE, Postgres, binaries

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
BUYERS = 50


def is_gateway(address: str) -> bool:
    return "/pg/StartPay/" in address


def test_fifty_buyers_of_the_last_piece_are_one_order(workshop_offer, bank):
    StockRecord.objects.filter(pk=workshop_offer.pk).update(num_in_stock=1)
    with served() as address:
        with ThreadPoolExecutor(8) as pool:
            buyers = list(pool.map(lambda _nth: Browser(address, workshop_offer.pk), range(BUYERS)))
        led = at_once(*(lambda buyer=buyer: buyer.pay(PRICE) for buyer in buyers))
        assert Counter(map(is_gateway, led)) == {True: 1, False: BUYERS - 1}
        [(winner, way)] = [(buyer, way) for buyer, way in zip(buyers, led, strict=True) if is_gateway(way)]
        assert Order.objects.count() == 0
        assert "/checkout/" in winner.http.get(bank.press(way)).headers["location"]
    sold_once(workshop_offer)


def test_a_double_press_and_two_windows_are_one_purchase_and_one_order(workshop_offer, bank):
    with served() as address:
        buyer = Browser(address, workshop_offer.pk)
        windows = [Browser.__new__(Browser) for _nth in range(4)]
        for window in windows:
            window.http = type(buyer.http)(
                base_url=address, timeout=60, headers=buyer.http.headers, cookies=buyer.http.cookies
            )
        led = at_once(*(lambda window=window: window.pay(PRICE) for window in windows))
        assert Counter(map(is_gateway, led)) == {True: 1, False: 3}
        assert (Purchase.objects.count(), PaymentAttempt.objects.count(), allocated(workshop_offer)) == (1, 1, 1)
        back = bank.press(next(filter(is_gateway, led)))
        assert at_once(*[lambda: buyer.http.get(back).status_code] * 4) == [302] * 4
    sold_once(workshop_offer)


@pytest.fixture
def own_server(workshop_offer) -> Iterator[tuple[Postgres, str]]:
    """A PostgreSQL of this test alone that holds what the test's database holds: the other tests keep theirs."""
    server = Postgres()
    try:
        server.start()
        named = server.wait()["DATABASE_URL"]
        at = connection.settings_dict
        dump = [str(binaries() / "pg_dump"), "-h", at["HOST"], "-p", str(at["PORT"]), "-U", at["USER"], at["NAME"]]
        rows = subprocess.run(dump, check=True, capture_output=True).stdout
        subprocess.run([str(binaries() / "psql"), "-q", named], input=rows, check=True, stdout=subprocess.DEVNULL)
        with psycopg.connect(named, autocommit=True) as session:
            session.execute("ALTER DATABASE rasteh SET synchronous_commit = on")
        yield server, named
    finally:
        server.stop()


def stop_at_once(server: Postgres) -> None:
    """As when it crashes: no session is ended, no buffer written."""
    assert server.process is not None
    server.process.send_signal(3)  # SIGQUIT, PostgreSQL's "immediate"
    server.process.wait(20)


def start_again(server: Postgres) -> None:
    settings = FAST_NOT_DURABLE | {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(server.folder)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    server.spawn([str(binaries() / "postgres"), "-D", str(server.folder / "data"), "-p", str(server.port), *options])
    ready = [str(binaries() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(server.port)]
    server.wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)


def one(named: str, question: str):
    with psycopg.connect(named) as session:
        return session.execute(question).fetchone()


def test_a_database_restarted_between_paying_and_the_order_loses_nothing_and_heals(workshop_offer, own_server, bank):
    server, named = own_server
    with served(DATABASE_URL=named) as address:
        buyer = Browser(address, workshop_offer.pk)
        way = buyer.pay(PRICE)
        assert is_gateway(way)
        back = bank.press(way)
        stop_at_once(server)
        down = buyer.http.get(back)
        assert (down.status_code, "<h1" in down.text, "Traceback" in down.text) == (503, True, False)
        start_again(server)
        assert one(named, "SELECT state FROM payments_paymentattempt") == ("sent",)
        healed = buyer.http.get(back)
        assert (healed.status_code, "/checkout/" in healed.headers["location"]) == (302, True)
        assert buyer.http.get(urlsplit(healed.headers["location"]).path).status_code == 200
    assert one(named, "SELECT state, (SELECT count(*) FROM order_order) FROM checkout_purchase") == ("ordered", 1)
    for audit in ("audit_money", "audit_market"):
        told = environment(DATABASE_URL=named)
        said = subprocess.run([sys.executable, "manage.py", audit], cwd=HOUSE, env=told, capture_output=True, text=True)
        assert said.returncode == 0, said.stdout + said.stderr
