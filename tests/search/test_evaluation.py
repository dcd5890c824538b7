"""The bar of the judged set, held in the suite: what a change makes worse is seen at once."""

import pytest
from django.core.management import call_command

from marketplace.search.evaluation import judge, mean, shelf_in
from marketplace.search.management.commands.search_eval import BARS


@pytest.mark.parametrize("name", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.services)])
def test_each_engine_reaches_its_bar_on_both_halves(name, settings):
    if name == "elasticsearch" and not settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL is not set")
    with shelf_in(name) as engine:
        judgements = judge(engine)
    for held in (False, True):
        half = [one for one in judgements if one.query.intent.is_held_back is held]
        assert mean(half) >= BARS[name], held


def test_the_command_prints_both_halves(capsys):
    call_command("search_eval", engine="embedded")
    told = capsys.readouterr().out
    assert "for tuning (251 queries)" in told
    assert "held back (209 queries)" in told


def test_the_blind_set_is_asked_by_name_and_has_no_bar(capsys):
    call_command("search_eval", engine="embedded", table="blind")
    told = capsys.readouterr().out
    assert "for tuning (125 queries)" in told
    assert "held back (124 queries)" in told
    assert "recall@10" in told
