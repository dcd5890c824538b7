"""What the bench measures is what readers are given: a page that fails is no fast page."""

import pytest
from django.test import Client

from marketplace.bench import pages, stopwatch
from marketplace.bench.stopwatch import Figures, PageFailed


def test_a_page_that_does_not_answer_is_an_error_and_not_a_figure(db):
    with pytest.raises(PageFailed, match="answered 404"):
        stopwatch._ask(Client(), "/work/987654321/none/")


def test_figures_count_queries_and_take_the_ninety_fifth_of_a_hundred(db, monkeypatch):
    milliseconds = iter(range(1, 101))
    monkeypatch.setattr(stopwatch, "_ask", lambda client, address: 12_000)
    monkeypatch.setattr(stopwatch, "_timed", lambda client, address: (next(milliseconds), 12_000))
    monkeypatch.setattr(stopwatch, "_queries", lambda client, address: 7)
    figures = stopwatch._measure(Client(), "home", lambda chance: "/", 100)
    assert figures == Figures("home", 7, 50.5, 95, 12.0)


def test_every_line_names_the_size_and_the_page():
    line = next(pages.lines(600, [Figures("home", 10, 33.14, 95.3, 34.2)]))
    assert line.split() == ["600", "home", "10", "33.1", "95.3", "34"]
    assert len(line) == len(pages.HEAD)
