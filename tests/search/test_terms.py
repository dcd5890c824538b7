"""Terms: those that come with the market, and those an officer keeps."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from marketplace.search import terms as terms_of_search
from marketplace.search.models import SearchTerm
from marketplace.search.terms import LOOK_SECONDS, known, of_tables, overlaid, publish, publish_missing


def test_the_tables_are_sound():
    terms = of_tables()
    assert len(terms.means) > 200
    assert terms.means["gelim"] == ("گلیم",)
    assert "هدیه" in terms.empty
    assert not terms.empty & set(terms.means)


@pytest.mark.django_db(transaction=True)
def test_what_an_officer_writes_counts_with_the_next_search_and_until_it_is_deleted():
    term = SearchTerm.objects.create(term="پیچک", means="شیریکی‌پیچ; گلیم")
    assert known().means["پیچک"] == ("شیریکیپیچ", "گلیم")
    term.delete()
    assert "پیچک" not in known().means


@pytest.mark.django_db(transaction=True)
def test_an_officers_term_takes_the_place_of_the_tables():
    SearchTerm.objects.create(term="سبو", means="دیزی")
    SearchTerm.objects.create(term="فرش", is_ignored=True)
    SearchTerm.objects.create(term="زینتی")
    terms = known()
    assert terms.means["سبو"] == ("دیزی",)
    assert "فرش" not in terms.means
    assert "زینتی" in terms.empty


@pytest.mark.django_db
def test_one_term_is_kept_once_however_it_is_spelled():
    SearchTerm.objects.create(term="گل‌سینه", means="آویز")
    for typed in ("گل سینه", "گل‌سينه"):
        with pytest.raises(ValidationError) as refused:
            SearchTerm(term=typed, means="آویز").full_clean()
        assert refused.value.error_dict["term"][0].code == "kept_already"
    with pytest.raises(ValidationError) as refused:
        SearchTerm(term="؟!").full_clean()
    assert refused.value.error_dict["term"][0].code == "no_word"
    assert SearchTerm.objects.count() == 1


def test_a_term_given_twice_has_both_meanings():
    terms = overlaid(overlaid(of_tables(), [("نوواژه", "گلیم")]), [("نوواژه", "جاجیم")])
    assert terms.means["نوواژه"] == ("گلیم", "جاجیم")


@pytest.fixture
def seconds(monkeypatch):
    """Call it to let seconds pass for the process that looks."""
    now = [1_000.0]
    monkeypatch.setattr(terms_of_search.time, "monotonic", lambda: now[0])
    known()
    return lambda more: now.__setitem__(0, now[0] + more)


@pytest.mark.django_db(transaction=True)
def test_another_host_hears_of_a_term_within_seconds(settings, tmp_path, seconds):
    here = settings.SEARCH_INDEX_DIR
    settings.SEARCH_INDEX_DIR = tmp_path / "other host"
    SearchTerm.objects.create(term="پیچک", means="گلیم")
    settings.SEARCH_INDEX_DIR = here
    terms_of_search._look.rows, terms_of_search._look.until = None, terms_of_search.time.monotonic() + LOOK_SECONDS
    assert "پیچک" not in known().means
    seconds(LOOK_SECONDS)
    assert known().means["پیچک"] == ("گلیم",)


@pytest.mark.django_db(transaction=True)
def test_a_cache_that_lost_the_terms_is_given_them_again_and_the_file_answers_meanwhile(seconds):
    SearchTerm.objects.create(term="پیچک", means="گلیم")
    cache.clear()
    terms_of_search._look.rows = None
    seconds(LOOK_SECONDS)
    assert known().means["پیچک"] == ("گلیم",)
    assert cache.get(terms_of_search._key()) is None
    publish_missing()
    assert "پیچک" in known().means
    assert cache.get(terms_of_search._key()) is not None


@pytest.mark.django_db
def test_older_terms_in_the_cache_give_way_to_the_newest():
    publish()
    SearchTerm.objects.create(term="پیچک", means="گلیم")  # committed after another officer's was read
    publish_missing()
    assert known().means["پیچک"] == ("گلیم",)


def test_a_cache_that_fails_costs_no_search(monkeypatch, seconds):
    def fails(*_asked):
        raise ConnectionError

    monkeypatch.setattr(terms_of_search.kept_by_all, "get", fails)
    seconds(LOOK_SECONDS)
    assert known().means["gelim"] == ("گلیم",)
