"""The label's page: every state in words, four queries, the same face for every code that is none, 429 for who guesses."""

import io
import json

import pytest
import segno
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authenticity.models import Doubt, Passport, Scan
from authenticity.passports import make_labels, revoke, suspend, void_label
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


@pytest.fixture
def label(licence, kilim):
    licence.pieces_a_year = 9
    licence.save()
    return make_labels(work=kilim, count=1)[1][0]


def page(client, label, language="en"):
    return client.get(f"{'/en' if language == 'en' else ''}/v/{label.passport.code}")


def test_a_label_shows_maker_city_craft_seals_and_how_often_it_was_seen(client, label):
    first = page(client, label).content.decode()
    assert "Recorded, not yet activated" in first
    for word in (
        "Shiriki-pich kilim",
        "Kilim workshop",
        "Sirjan",
        "Kilim weaving",
        "this is the first time",
        "1405-000001",
    ):
        assert word in first
    assert "1 time before" in page(client, label).content.decode()
    assert "fake" not in first.lower()
    persian = page(client, label, "fa").content.decode()
    assert 'dir="rtl"' in persian
    assert "۲" in persian


@pytest.mark.parametrize(("act", "words"), [(suspend, "Suspended"), (revoke, "Revoked")])
def test_states_in_words(client, label, act, words):
    act(passport=label.passport, because="a question")
    html = page(client, label).content.decode()
    assert f"{words}</h1>" in html
    assert "a question" in html


SCANNED = {"sec-fetch-site": "none", "accept": "text/html"}


def test_who_scans_a_label_reads_it_in_their_own_language(client, label):
    code = label.passport.code
    abroad = client.get(f"/v/{code}", headers=SCANNED | {"accept-language": "en-GB,en;q=0.9"})
    assert (abroad.status_code, abroad["location"]) == (302, f"/en/v/{code}")
    assert Scan.objects.count() == 0
    for stays in (
        {"accept-language": "fa-IR,fa;q=0.9,en;q=0.5"},
        {"accept-language": "ar"},
        {"accept-language": "en", "sec-fetch-site": "same-origin"},
        {"accept-language": "en", "accept": "application/json"},
    ):
        assert client.get(f"/v/{code}", headers=SCANNED | stays).status_code == 200
    assert client.get(f"/en/v/{code}", headers=SCANNED | {"accept-language": "fa"}).status_code == 200
    # a guess is sent the same way
    guess = client.get(f"/v/{'7' * 26}", headers=SCANNED | {"accept-language": "en"})
    assert guess["location"] == f"/en/v/{'7' * 26}"


def test_four_queries_and_no_more(client, label):
    page(client, label)
    with CaptureQueriesContext(connection) as seen:
        assert page(client, label).status_code == 200
    assert len(seen) <= 4, [query["sql"][:80] for query in seen]


def test_json_at_the_same_address(client, label):
    answer = client.get(f"/v/{label.passport.code}", headers={"accept": "application/json"})
    facts = json.loads(answer.content)
    assert (facts["state"], facts["maker"], facts["times_seen"]) == (
        "not_activated",
        {"fa": "کارگاه گلیم", "en": "Kilim workshop"},
        0,
    )
    assert label.passport.code not in answer.content.decode()


def test_codes_that_no_label_has_all_look_the_same(client, label):
    unknown = client.get("/en/v/" + "7" * 26)
    for wrong in ("abc", "U" * 26, "0" * 25):
        answer = client.get(f"/en/v/{wrong}")
        assert answer.status_code == unknown.status_code == 404
        strip = lambda html: html.decode().replace(wrong, "").replace("7" * 26, "")  # noqa: E731, B023
        assert strip(answer.content) == strip(unknown.content)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/en/v/{wrong}")
        assert len(seen) == 1  # the label, asked for also where the code cannot be one
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_unknown_and_malformed_codes_take_the_same_way_with_the_same_headers(client, label, accept):
    """The same statement, asked of the database with the same number of letters: no shorter way tells that a code cannot be."""
    told = []
    client.get("/en/v/abc")  # the first look of a process puts its statement together, with other names for the same
    for code in ("7" * 26, "abc", "U" * 26, "7" * 25, "%20", "<script>", "0" * 60):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"/en/v/{code}", headers={"accept": accept})
        statement = seen[0]["sql"].replace("7" * 26, "0" * 26)
        body = answer.content.decode().replace(code, "")
        told.append((answer.status_code, len(seen), statement, sorted(answer.headers), body))
    unlike = [one[:2] for one in told if one[0] != 404 or one[1:4] != told[0][1:4]]
    assert unlike == []
    if accept == "application/json":
        assert {one[4] for one in told} == {'{"state": "unknown"}'}


def test_a_code_that_no_label_has_can_be_doubted_from_its_page(client, label):
    html = client.get("/en/v/abc").content.decode()
    assert 'href="/en/v/abc/doubt"' in html
    assert client.post("/en/v/abc/doubt", {"text": "Sold with this paper"}).status_code == 200
    assert (Doubt.objects.get().passport, Doubt.objects.get().code) == (None, "abc")


def test_a_void_label_takes_the_same_way_as_one_in_force(client, label):
    page(client, label)
    with CaptureQueriesContext(connection) as in_force:
        page(client, label)
    void_label(passport=label.passport, because="torn")
    with CaptureQueriesContext(connection) as void:
        answer = page(client, label)
    assert (answer.status_code, "Void label</h1>" in answer.content.decode()) == (200, True)
    assert [query["sql"].split()[0] for query in void] == [query["sql"].split()[0] for query in in_force]


def test_the_thirty_first_guess_in_a_minute_gets_429_and_learns_nothing(client, label):
    for _nth in range(30):
        assert client.get("/en/v/" + "7" * 26).status_code == 404
    refused_known, refused_unknown = page(client, label), client.get("/en/v/" + "7" * 26)
    assert (refused_known.status_code, refused_unknown.status_code) == (429, 429)
    strip = lambda answer, code: answer.content.decode().replace(code, "")  # noqa: E731
    assert strip(refused_known, label.passport.code) == strip(refused_unknown, "7" * 26)
    assert sorted(refused_known.headers.items()) == sorted(refused_unknown.headers.items())
    assert not refused_known.cookies
    assert Scan.objects.count() == 0


def test_a_refused_look_asks_the_database_nothing_and_says_in_json_no_more(client, label):
    for _nth in range(30):
        page(client, label)
    for code in (label.passport.code, "7" * 26, "abc"):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"/v/{code}", headers={"accept": "application/json"})
        assert (answer.status_code, len(seen), answer["Retry-After"]) == (429, 0, "60")
        assert json.loads(answer.content) == {"detail": "too many requests"}
    assert Scan.objects.count() == 30


def test_each_address_has_its_own_thirty_and_every_door_of_the_label_counts(client, label):
    code = label.passport.code
    for _nth in range(15):
        page(client, label)
        client.get(f"/en/v/{code}/doubt")
    assert client.get("/en/v/").status_code == 429
    assert client.post(f"/en/v/{code}/activate", {"scratch": label.scratch}).status_code == 429
    assert Passport.objects.get().activated_at is None
    assert client.get(f"/en/v/{code}", REMOTE_ADDR="10.9.8.7").status_code == 200


def test_a_buyer_activates_once_and_owns_the_title(client, label, buyer):
    client.login(username="buyer", password=PASSWORD)
    address = f"/en/v/{label.passport.code}/activate"
    wrong = client.post(address, {"scratch": "AAAAAAAAAA"})
    assert wrong.status_code == 422
    assert "This is not the word under the scratch field of this label." in wrong.content.decode()
    assert Passport.objects.get().activated_at is None
    right = client.post(address, {"scratch": label.scratch}, follow=True)
    assert "Recorded and valid" in right.content.decode()
    assert Passport.objects.get().owner == buyer
    again = client.post(address, {"scratch": label.scratch})
    assert "This piece was activated before." in again.content.decode()


def test_a_wrong_word_is_kept_and_counts_as_no_look(client, label):
    client.post(f"/en/v/{label.passport.code}/activate", {"scratch": "AAAAAAAAAA"})
    kept = Scan.objects.get()
    assert (kept.passport, kept.kind) == (label.passport, Scan.Kind.TRIED)
    assert "this is the first time" in page(client, label).content.decode()


def test_doubts_from_one_address_are_few(client, label):
    address = f"/en/v/{label.passport.code}/doubt"
    codes = [client.post(address, {"text": "-"}).status_code for _nth in range(11)]
    assert codes == [200] * 10 + [429]
    assert Doubt.objects.count() == 10


def test_tries_at_the_scratch_word_are_few(client, label):
    address = f"/en/v/{label.passport.code}/activate"
    codes = [client.post(address, {"scratch": f"AAAAAAAAA{nth % 10}"}).status_code for nth in range(11)]
    assert codes == [422] * 10 + [429]


def test_a_title_passes_by_a_link(client, label, buyer, artisan):
    client.login(username="buyer", password=PASSWORD)
    client.post(f"/en/v/{label.passport.code}/activate", {"scratch": label.scratch})
    answer = client.post(f"/en/v/{label.passport.code}/pass-on")
    link = answer.context["link"].replace("http://testserver", "")
    client.logout()
    client.login(username="artisan", password=PASSWORD)
    assert client.post(f"/en/v/{label.passport.code}/pass-on").status_code == 404
    assert client.get(link).status_code == 200
    assert Passport.objects.get().owner == buyer
    client.post(link)
    assert Passport.objects.get().owner == artisan
    assert client.post(link).status_code == 422


def photo_of(text: str) -> SimpleUploadedFile:
    picture = io.BytesIO()
    segno.make(text, error="q").save(picture, kind="png", scale=6, border=6)
    return SimpleUploadedFile("label.png", picture.getvalue(), "image/png")


def test_a_photo_of_the_label_is_read(client, label):
    answer = client.post("/en/v/", {"photo": photo_of(f"https://rasteh.example/v/{label.passport.code}")})
    assert answer["location"] == f"/en/v/{label.passport.code}"
    none = client.post("/en/v/", {"photo": photo_of("https://elsewhere.example/")})
    assert none.status_code == 422
    assert "No label could be read in this photo." in none.content.decode()


@pytest.mark.parametrize("typed", ["", "not a code"])
def test_what_cannot_be_a_code_is_told_and_kept(client, db, typed):
    answer = client.post("/en/v/", {"code": typed})
    assert answer.status_code == 422
    assert "26 letters and digits" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_a_doubt_is_kept_with_its_photo_in_private(client, label):
    answer = client.post(
        f"/en/v/{label.passport.code}/doubt",
        {"text": "Sold in a street", "photo": photo_of("x"), "contact": "a@b.example"},
    )
    assert "Thank you" in answer.content.decode()
    kept = Doubt.objects.get()
    assert (kept.passport, kept.text) == (label.passport, "Sold in a street")
    assert kept.photo.name.startswith("doubts/")
    assert kept.photo.read(4) == b"RIFF"
    assert client.post("/en/v/zzz/doubt", {"text": ""}).status_code == 422
    assert Doubt.objects.count() == 1


def test_a_form_of_the_label_is_sent_with_where_it_comes_from_but_to_no_other_site(client, label):
    """With `no-referrer` a browser sends `Origin: null`, which the guard against forged forms refuses."""
    answer = page(client, label)
    assert answer["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in answer.content.decode()
