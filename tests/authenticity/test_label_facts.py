"""The officer's page of a label in question, in both languages; the public page keeps saying how often, and no more."""

import html
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authenticity.label_facts import facts_of_copies
from authenticity.models import Scan
from marketplace.matters.models import Matter
from marketplace.matters.services import appeal, decide
from tests.authenticity.sights import scan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


def page(client, name: str, matter: Matter, language: str = "en") -> str:
    prefix = "/en" if language == "en" else ""
    answer = client.get(prefix + reverse(name, args=[matter.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_timeline_numbers_networks_and_marks_what_counts(case, owned):
    scan(owned, 0.5, "owner")
    facts = facts_of_copies(case)
    assert (facts["looks"], facts["networks"], facts["devices"], facts["earlier"]) == (8, 8, 8, 0)
    rows = [(shown.act, shown.network, shown.device, shown.counts) for shown in facts["timeline"]]
    assert (str(rows[0][0]), *rows[0][1:]) == (str(Scan.Kind.LOOKED.label), 1, 1, False)
    assert [row[1:] for row in rows[1:-1]] == [(nth, nth, True) for nth in range(8, 1, -1)]
    assert rows[-1][1:] == (1, 1, False)


def test_after_a_decision_the_page_shows_what_was_decided_on(case, owned, officer):
    decide(matter=case, decision="unfounded", reason="", by=officer)
    case.refresh_from_db()
    Scan.objects.filter(pk=scan(owned, 0, "late").pk).update(at=case.decided_at + timedelta(minutes=1))
    assert facts_of_copies(case)["looks"] == 7


@pytest.mark.parametrize(("language", "words"), [("en", "Looks and acts, the last first"), ("fa", 'dir="rtl"')])
def test_the_officers_page(at_officers, case, language, words):
    shown = page(at_officers, "desks:officer-matter", case, language)
    assert words in shown
    assert case.facts["signals"][0][f"sentence_{language}"] in shown
    assert "net 1" not in shown
    assert "dev 1" not in shown


def test_an_appeal_shows_the_same_facts(at_officers, case, artisan, officer):
    decide(matter=case, decision="suspend", reason="-", by=officer)
    case.refresh_from_db()
    again = appeal(matter=case, by=artisan, text="A show")
    assert "Looks and acts, the last first" in page(at_officers, "desks:officer-matter", again)


def test_its_maker_reads_the_signs_and_can_answer(client, case, artisan):
    client.force_login(artisan)
    shown = page(client, "desks:matter", case)
    assert case.facts["signals"][0]["sentence_en"] in shown
    assert "Answer the officers" in shown
    assert "Looks and acts" not in shown


def test_the_public_page_says_how_often_and_never_fake(client, case, owned):
    client.get(f"/en/v/{owned.code}")
    with CaptureQueriesContext(connection) as seen:
        shown = client.get(f"/en/v/{owned.code}").content.decode()
    assert len(seen) <= 4
    assert "8 times before" in shown
    for word in ("fake", "copied", "copies", "officer was asked"):
        assert word not in shown.lower()


def test_the_facts_take_no_more_queries_for_more_looks(case, owned):
    with CaptureQueriesContext(connection) as few:
        facts_of_copies(case)
    for nth in range(100):
        scan(owned, 1 + nth / 10, f"more {nth}")
    with CaptureQueriesContext(connection) as many:
        facts = facts_of_copies(case)
    assert (len(facts["timeline"]), facts["earlier"]) == (60, 48)
    assert len(few) == len(many) == 5
