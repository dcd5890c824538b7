"""Two exporters at once with one piece, on PostgreSQL; and the proof that the race is real: the same with the lock off."""

from collections import Counter
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from authenticity.models import Passport
from marketplace.export import services
from marketplace.export.models import ConsignmentLine
from tests.checkout.crowd import at_once
from tests.export.abroad import TERMS

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def both_take(exporters, kilim, passport, monkeypatch) -> Counter:
    """Both look whether the piece is free before either takes it, where nothing makes one wait for the other."""
    both_have_looked = Barrier(2)
    look = services.rules.require_free_passport

    def look_and_wait(others) -> None:
        look(others)
        with suppress(BrokenBarrierError):
            both_have_looked.wait(2)

    monkeypatch.setattr(services.rules, "require_free_passport", look_and_wait)

    def taker(exporter):
        draft = services.open_consignment(exporter=exporter, by=None, **TERMS)

        def take() -> str:
            try:
                services.add_line(consignment=draft, work=kilim, passport=passport)
            except ValidationError as refused:
                return refused.code or ""
            except IntegrityError:
                return "database"
            return "taken"

        return take

    return Counter(at_once(*[taker(exporter) for exporter in exporters]))


def test_one_of_two_exporters_gets_the_piece(exporter, other_exporter, kilim, labelled, monkeypatch):
    became = both_take([exporter, other_exporter], kilim, labelled, monkeypatch)
    assert became == {"taken": 1, "passport_taken": 1}
    assert ConsignmentLine.objects.filter(passport=labelled).count() == 1


def test_with_the_lock_off_both_find_it_free_and_the_database_refuses_one(
    exporter, other_exporter, kilim, labelled, monkeypatch
):
    monkeypatch.setattr(services, "hold_passport", lambda passport: Passport.objects.get(pk=passport.pk))
    became = both_take([exporter, other_exporter], kilim, labelled, monkeypatch)
    assert became == {"taken": 1, "database": 1}
    assert ConsignmentLine.objects.filter(passport=labelled).count() == 1
