"""Terms: those that come with the market, and those an officer keeps."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.search.models import SearchTerm
from marketplace.search.terms import known, of_tables, overlaid


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
