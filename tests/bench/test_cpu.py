"""Processor time by answer, of processes and of the database."""

import os

import pytest

from marketplace.bench.cpu import Busy


class _Elsewhere:
    """A database on another machine: its sessions cannot be looked at here."""

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def execute(self, _statement):
        return None

    def fetchone(self):
        return (2**22 + 7,)


def test_processor_time_is_by_answer_and_by_process():
    with Busy(_Elsewhere(), server=1, gateway=1) as busy:
        pass
    busy.clock, busy.busy, busy.idle = 2.0, 4.0, 4.0
    busy.spent = {"server": 1.5, "gateway": 0.1, "database": 0.4}
    first, second = busy.lines(100, "look")
    assert busy.each_ms(100) == pytest.approx(20.0)
    assert first == ("50.0 looks a second; a look costs 20.00 ms of a core: server 15.00, gateway 1.00, database 4.00")
    assert "busy 50 %, of that 50 % these" in second


def test_work_of_a_process_counts_and_that_of_another_does_not():
    with Busy(_Elsewhere(), ours=os.getpid(), other=2**22 + 9) as busy:
        while sum(os.times()[:2]) < 0.05:
            pass
        began = sum(os.times()[:2])
        while sum(os.times()[:2]) < began + 0.1:
            pass
    assert 0.05 < busy.spent["ours"] < 5
    assert (busy.spent["other"], busy.spent["database"]) == (0, 0)
