"""What is asked so many at once."""

import threading

from marketplace.bench.finding import HEAD, timed


def test_every_question_is_answered_by_so_many_readers_at_once():
    together, asked = threading.Barrier(4, timeout=20), []
    figures = timed("questions", 4, [lambda: asked.append(together.wait())] * 40)
    assert len(asked) == 44  # the first tenth twice
    assert (figures.what, figures.at_once, figures.answers) == ("questions", 4, 40)
    assert figures.p50_ms <= figures.p95_ms
    assert len(figures.line(600)) == len(HEAD)
