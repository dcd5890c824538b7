"""Techniques as makers write them, each kept once."""

import pytest

from catalogue.models import Technique
from catalogue.techniques import named
from marketplace.listing.services import create_work, edit_work

pytestmark = pytest.mark.django_db


def test_one_technique_however_it_is_spelled():
    one = named("شیریکی‌پیچ", "Weft wrapping")
    for fa, en in [("شيريكي پيچ", ""), ("شیریکیپیچ", "Another word"), ("", "weft  Wrapping")]:
        assert named(fa, en) == one, (fa, en)
    assert (one.slug[:14], one.name_fa, one.name_en) == ("weft-wrapping-", "شیریکی‌پیچ", "Weft wrapping")
    assert Technique.objects.count() == 1


def test_other_persian_words_are_another_technique_even_with_the_same_english_ones():
    assert named("گره فارسی", "Knots") != named("گره ترکی", "Knots")


def test_words_in_one_language_stand_for_both():
    one = named("", "Free blowing")
    assert named("دم آزاد", "Free blowing") == one
    assert (one.name_fa, one.name_en) == ("Free blowing", "Free blowing")


def test_no_words_are_no_technique():
    assert named("", "") is None
    assert named(" ـ ", "\u200c") is None
    assert Technique.objects.count() == 0


def test_a_work_keeps_to_what_its_maker_wrote_last(weaver, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", technique_fa="چاکدار")
    assert work.technique.name_fa == "چاکدار"
    edit_work(work=work, title_en="Kilim")
    work.refresh_from_db()
    assert work.technique.name_fa == "چاکدار"
    edit_work(work=work, technique_fa="سوماک")
    work.refresh_from_db()
    assert work.technique.name_fa == "سوماک"
    edit_work(work=work, technique_fa="")
    work.refresh_from_db()
    assert work.technique is None
