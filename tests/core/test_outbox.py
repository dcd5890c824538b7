"""A topic with two readers: each has copies of its own."""

import pytest
from django.db import connection

from marketplace.core import outbox
from marketplace.core.models import OutboxEvent


@pytest.fixture
def heard(day, monkeypatch):
    """Two readers of the topic "bell"; what each heard, and whether a transaction of the outbox was open."""
    monkeypatch.setattr(outbox, "_readers", {})
    monkeypatch.setattr(outbox, "_also", {})
    told: dict[str, list] = {"first": [], "second": []}
    blocks = len(connection.atomic_blocks)

    def listen(name):
        return lambda events: told[name].append(
            ([event.key for event in events], len(connection.atomic_blocks) > blocks)
        )

    outbox.reader("bell", listen("first"))
    outbox.also_reader("bell", listen("second"), named="echo", atomic=False)
    return told


def test_each_reader_hears_every_event_once(heard):
    outbox.post("bell", 1)
    outbox.post_many("bell", iter([2, 3]))
    outbox.drain()
    assert outbox.drain() == 0
    assert heard == {"first": [(["1", "2", "3"], True)], "second": [(["1", "2", "3"], False)]}


def test_one_statement_leaves_both_copies(heard, django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.post("bell", 1, loud=True)
    assert list(OutboxEvent.objects.values_list("topic", "payload")) == [
        ("bell", {"loud": True}),
        ("echo", {"loud": True}),
    ]


def test_one_reader_that_fails_holds_up_only_its_own_copies(heard):
    def fail(events):
        raise RuntimeError

    outbox.reader("bell", fail)
    outbox.post("bell", 1)
    outbox.drain()
    assert heard["second"] == [(["1"], False)]
    assert OutboxEvent.objects.get(done_at=None).topic == "bell"
    outbox.also_reader("bell", fail, named="echo", atomic=False)
    outbox.post("bell", 2)
    OutboxEvent.objects.update(not_before=None)
    outbox.drain()
    assert set(OutboxEvent.objects.filter(done_at=None).values_list("topic", "key")) == {
        ("bell", "1"), ("bell", "2"), ("echo", "2"),
    }  # fmt: skip
