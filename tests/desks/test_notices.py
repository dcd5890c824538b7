"""Messages: one's own only, read one by one or all, counted in the navigation."""

from marketplace.core.models import Notice
from marketplace.core.notices import notify


def told(user, text="سلام", link="/desk/") -> Notice:
    return notify(users=[user], kind="test", sentence=text, link=link)[0]


def test_a_buyer_reads_messages_and_marks_one_read(client, buyer, day):
    first, second = told(buyer, "یکم"), told(buyer, "دوم")
    client.force_login(buyer)
    response = client.get("/en/desk/notices/")
    assert [(notice.pk, link) for notice, link in response.context["notices"]] == [
        (second.pk, "/en/desk/"),
        (first.pk, "/en/desk/"),
    ]
    assert '<span class="count">2' in response.content.decode()
    assert client.post(f"/desk/notices/{first.pk}/read/").headers["Location"] == "/desk/notices/"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.read_at is not None, second.read_at) == (True, None)
    assert '<span class="count">1' in client.get("/en/desk/notices/").content.decode()


def test_all_are_marked_read_and_nobody_elses(client, buyer, artisan, day):
    told(buyer)
    theirs = told(artisan)
    client.force_login(buyer)
    client.post("/desk/notices/read/")
    assert list(Notice.objects.filter(read_at__isnull=True)) == [theirs]


def test_another_persons_message_does_not_exist_here(client, buyer, artisan, day):
    theirs = told(artisan, "نامهٔ دیگری")
    client.force_login(buyer)
    assert client.post(f"/desk/notices/{theirs.pk}/read/").status_code == 404
    assert "نامهٔ دیگری" not in client.get("/desk/notices/").content.decode()
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_reading_is_a_post(client, buyer, day):
    notice = told(buyer)
    client.force_login(buyer)
    assert (
        client.get(f"/desk/notices/{notice.pk}/read/").status_code,
        client.get("/desk/notices/read/").status_code,
    ) == (
        405,
        405,
    )


def test_the_head_of_every_page_leads_there_for_who_is_signed_in(client, buyer, day):
    assert "/desk/notices/" not in client.get("/").content.decode()
    client.force_login(buyer)
    assert "/desk/notices/" in client.get("/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client, day):
    assert client.get("/desk/notices/").headers["Location"].startswith("/sign-in/")


def test_queries_do_not_grow_with_messages(client, buyer, day, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(buyer)
    told(buyer)
    client.get("/desk/notices/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/notices/")
    for _each in range(30):
        told(buyer)
    with django_assert_max_num_queries(len(one)):
        client.get("/desk/notices/")
