"""A rebuild killed (-9) half-way: the old index answers, the next rebuild goes on where it was, changes in between included."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings as house
from django.db import connection

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.listing.services import create_work, edit_work
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.search import rebuilding
from marketplace.search.engines.base import IndexBusy
from marketplace.search.queries import SearchRequest, find
from marketplace.search.rebuilding import rebuild
from marketplace.search.services import index_works

WORKS = 6
CHILD = """
import sys, time, django
django.setup()
from django.conf import settings
from django.db import connections
settings.SEARCH_INDEX_DIR, settings.SEARCH_INDEX_NAME = sys.argv[1:3]
connections.settings["default"]["NAME"] = sys.argv[3]
connections["default"].settings_dict["NAME"] = sys.argv[3]
from marketplace.search import rebuilding, services
rebuilding.KEEP_EVERY = services.BATCH = 2

def stand_still(done, total):
    if done == 4:
        print("half", flush=True)
        time.sleep(120)

rebuilding.rebuild(stand_still)
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def works(kilim, monkeypatch):
    """Six kilims; the old index has the first of them only."""
    monkeypatch.setattr("marketplace.search.services.BATCH", 2)
    monkeypatch.setattr(rebuilding, "KEEP_EVERY", 2)
    maker, craft = kilim.maker, kilim.craft
    made = [create_work(maker=maker, craft=craft, title_fa=f"گلیم {n}", price_rial=1_000_000) for n in range(1, WORKS)]
    return [kilim.pk, *(work.pk for work in made)]


@pytest.fixture
def database(tmp_path):
    """The tests' database for another process: on SQLite, where it lies in memory, a copy in a file."""
    if connection.vendor != "sqlite":
        return lambda: str(connection.settings_dict["NAME"])

    def copy() -> str:
        file = str(tmp_path / "copy.sqlite3")
        with closing(sqlite3.connect(file)) as there:
            connection.connection.backup(there)
        return file

    return copy


@pytest.fixture
def half_way(engine, settings, works, database):
    """A process of its own that stands still after four of six works."""
    index_works(works[:1])
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", CHILD, str(settings.SEARCH_INDEX_DIR), settings.SEARCH_INDEX_NAME),
            database(),
        ],
        cwd=house.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "marketplace.settings", "RASTEH_ENV": "test"}
        | {"ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "half\n"
    yield process
    process.kill()
    process.communicate(timeout=30)


@pytest.fixture
def stopped(engine, works):
    """A rebuild that ended with an error after four of six works."""
    index_works(works[:1])

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        rebuild(stop)


def found(text: str = "") -> list[int]:
    return sorted(find(SearchRequest(text=text)).ids)


def test_the_old_index_answers_and_the_next_rebuild_goes_on_with_what_changed(half_way, works):
    first, second, *_others, last = works
    assert found() == [first]
    with pytest.raises(IndexBusy):  # one rebuilds at a time
        rebuild()
    edit_work(work=Product.objects.get(pk=first), title="ترمهٔ نو")
    Product.objects.filter(pk=second).update(is_public=False)
    outbox.post(WORK_CHANGED, second)
    edit_work(work=Product.objects.get(pk=last), title="زیلوی نو")
    index_works([first])  # the worker tells the index that answers, which no rebuild holds up
    assert found("ترمه") == [first]
    half_way.send_signal(signal.SIGKILL)
    half_way.communicate(timeout=30)
    assert half_way.returncode == -signal.SIGKILL
    assert found() == [first]
    told = []
    assert rebuild(lambda done, total: told.append((done, total))) == WORKS - 1
    assert told == [(5, 5)]  # the first four, of which one is hidden now, were not read again
    assert (found("ترمه"), found("زیلو")) == ([first], [last])
    assert found() == [pk for pk in works if pk != second]


def test_a_whole_rebuild_is_not_continued(stopped, works):
    told = []
    for _turn in range(2):
        rebuild(lambda done, total: told.append((done, total)))
    assert told == [(6, 6), (2, 6), (4, 6), (6, 6)]
    assert found() == works


def test_without_reading_the_changes_again_the_new_index_would_be_old(stopped, works, monkeypatch):
    edit_work(work=Product.objects.get(pk=works[0]), title="ترمهٔ نو")
    monkeypatch.setattr(rebuilding, "_changed", lambda half: [])
    rebuild()
    assert found("ترمه") == []


def test_one_whose_unfinished_index_is_gone_begins_anew(stopped, works, monkeypatch):
    half = rebuilding._load()
    gone = rebuilding.Half(half.began, dict.fromkeys(half.indexes, "gone"), half.last)
    monkeypatch.setattr(rebuilding, "_load", lambda: gone)
    told = []
    rebuild(lambda done, total: told.append(done))
    assert told == [2, 4, 6]
    assert found() == works
