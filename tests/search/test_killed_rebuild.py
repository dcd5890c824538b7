"""A rebuild killed (-9) half-way: the old index answers, and the next rebuild has everything, changes in between included."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as house

from marketplace.search.engines.base import IndexBusy
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works, rebuild, remove_works

pytestmark = pytest.mark.django_db
CHILD = """
import sys, time, django
django.setup()
from django.conf import settings
settings.SEARCH_INDEX_DIR, settings.SEARCH_INDEX_NAME = sys.argv[1:3]
from marketplace.search.engines import engines
from marketplace.search.evaluation import documents

def batches():
    yield documents()
    print("half", flush=True)
    time.sleep(120)

engines()[-1].rebuild(batches())
"""


@pytest.fixture
def half_way(engine, settings, kilim):
    """A process that stands still in the middle of a rebuild; the old index has one work."""
    index_works([kilim.pk])
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(settings.SEARCH_INDEX_DIR), settings.SEARCH_INDEX_NAME],
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


def test_killed_half_way_the_old_index_answers_and_the_next_rebuild_is_whole(engine, half_way, kilim, foreign_tray):
    assert find(SearchRequest()).ids == [kilim.pk]
    half_way.send_signal(signal.SIGKILL)
    half_way.communicate(timeout=30)
    assert half_way.returncode == -signal.SIGKILL
    assert find(SearchRequest()).ids == [kilim.pk]
    assert rebuild() == 2
    assert set(find(SearchRequest()).ids) == {kilim.pk, foreign_tray.pk}


def test_a_change_during_a_rebuild_is_kept_for_later_or_written(engine, half_way, kilim):
    if engine == "embedded":
        with pytest.raises(IndexBusy):  # the event stays in the outbox
            remove_works([kilim.pk])
        half_way.send_signal(signal.SIGKILL)
        half_way.communicate(timeout=30)
    remove_works([kilim.pk])
    assert find(SearchRequest()).ids == []
