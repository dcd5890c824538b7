"""Words of search at the officer's desk."""

import pytest

from marketplace.search.models import SearchTerm

EVERY = "/en/desk/officer/terms/"


def test_the_desk_is_the_officers(client, artisan, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get(EVERY).status_code == 302
    client.force_login(artisan)
    assert client.get(EVERY).status_code == 403
    assert client.post(EVERY, {"term": "سبو", "means": "دیزی"}).status_code == 403
    assert SearchTerm.objects.count() == 0


def test_a_term_is_written_changed_and_taken_back(at_officers_desk):
    assert at_officers_desk.post(EVERY, {"term": "سبو", "means": "دیزی"}).status_code == 302
    term = SearchTerm.objects.get()
    assert (term.key, term.means, term.is_ignored) == ("سبو", "دیزی", False)
    assert at_officers_desk.post(f"{EVERY}{term.pk}/", {"term": "سبو", "is_ignored": "on"}).status_code == 302
    term.refresh_from_db()
    assert (term.means, term.is_ignored) == ("", True)
    assert at_officers_desk.get(f"{EVERY}{term.pk}/delete/").status_code == 405
    assert at_officers_desk.post(f"{EVERY}{term.pk}/delete/").status_code == 302
    assert SearchTerm.objects.count() == 0


def test_what_is_refused_is_said_and_changes_nothing(at_officers_desk):
    SearchTerm.objects.create(term="گل‌سینه", means="آویز")
    page = at_officers_desk.post(EVERY, {"term": "گل سینه", "means": "سنجاق"})
    assert page.status_code == 422
    assert "perhaps in another spelling" in page.content.decode()
    assert list(SearchTerm.objects.values_list("means", flat=True)) == ["آویز"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("سبو", "also finds: کوزه"), ("هدیه", "need not stand on a work"), ("نیست‌درجهان", "Nothing of its own")],
)
def test_what_the_market_came_with_can_be_looked_up(at_officers_desk, typed, told):
    assert told in at_officers_desk.get(EVERY, {"q": typed}).content.decode()


def test_the_page_costs_the_same_with_more_terms(at_officers_desk, django_assert_max_num_queries):
    SearchTerm.objects.bulk_create(SearchTerm(term=f"واژه{n}", key=f"واژه{n}") for n in range(30))
    at_officers_desk.get(EVERY)
    with django_assert_max_num_queries(12):
        at_officers_desk.get(EVERY)
