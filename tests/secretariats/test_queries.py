from datetime import timedelta

from django.utils.translation import override

from marketplace.secretariats import queries
from marketplace.secretariats.services import found
from tests.cast import DAY
from tests.secretariats.people import UNTIL, appoint, person


def test_a_city_without_a_secretariat_has_no_box(sirjan):
    assert queries.box(sirjan, on=DAY) is None


def test_a_vacant_post_is_said(secretariat, ravar):
    with override("en"):
        assert queries.box(ravar, on=DAY).vacant == ["Secretary", "Head of the secretariat"]


def test_the_box_names_secretary_and_council_and_no_editor(
    secretariat, secretary, editor, ravar, django_assert_num_queries
):
    appoint(secretariat, "council", person("member", 120))
    with django_assert_num_queries(2):
        box = queries.box(ravar, on=DAY)
        assert (box.secretary.person, box.head) == ("secretary Ravari", None)
        assert [one.person for one in box.council] == ["member Ravari"]
        assert [one.role for one in box.running] == ["council", "secretary"]


def test_terms_that_end_soon_and_that_are_over_are_seen(secretariat, secretary):
    soon = queries.every(on=UNTIL - timedelta(days=10))[0]
    assert ([one.person for one in soon.ending], soon.over) == (["secretary Ravari"], [])
    after = queries.every(on=UNTIL + timedelta(days=1))[0]
    assert ([one.person for one in after.over], after.secretary) == (["secretary Ravari"], None)


def test_all_secretariats_are_read_in_two_queries(secretariat, secretary, sirjan, django_assert_num_queries):
    found(city=sirjan)
    with django_assert_num_queries(2):
        assert [one.secretariat.city.slug for one in queries.every(on=DAY)] == ["sirjan", "ravar"]


def test_the_citys_page_says_who_and_what_is_vacant(client, secretariat, secretary):
    page = client.get("/en/city/ravar/").content.decode()
    assert "secretary Ravari" in page
    assert page.count(">vacant<") == 1
