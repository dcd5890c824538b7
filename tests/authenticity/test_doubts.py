"""Doubts of visitors: kept, joined into one question, and never told to the maker in the reporter's words."""

import html

import pytest
from django.urls import reverse

from authenticity.doubts import report_doubt
from authenticity.models import Doubt, Passport
from marketplace.core.models import Notice
from marketplace.matters.models import Matter
from marketplace.matters.services import appeal, decide

pytestmark = pytest.mark.django_db
WORDS, CONTACT = "Sold in Main Street as new", "visitor@example.org"


def report(passport, **more) -> Matter:
    report_doubt(code=passport.code, text=WORDS, contact=CONTACT, **more)
    return Matter.objects.latest("pk")


def test_a_doubt_opens_a_matter_of_its_maker(passport, weaver, artisan):
    matter = report(passport)
    assert (matter.kind, matter.maker, matter.weight, matter.facts["doubts"]) == ("doubt", weaver, 20, 1)
    assert WORDS not in str(matter.facts)
    assert CONTACT not in str(matter.facts)
    told = Notice.objects.get(user=artisan)
    assert WORDS not in told.text_en
    assert "Nothing is decided." in told.text_en


def test_many_doubts_about_one_label_are_one_question(passport):
    for _nth in range(3):
        report(passport)
    matter = Matter.objects.get()
    assert (matter.weight, matter.facts["doubts"]) == (40, 3)
    assert matter.facts["signals"][0]["sentence_en"] == "3 visitors reported a doubt about this label."
    assert Doubt.objects.count() == 3
    assert Notice.objects.count() == 1


def test_a_doubt_after_the_decision_is_a_new_question_with_no_old_doubt_in_it(at_officers, passport, officer):
    decide(matter=report(passport), decision="unfounded", reason="", by=officer)
    report_doubt(code=passport.code, text="Another one")
    again = Matter.objects.waiting().get()
    assert again.facts["doubts"] == 1
    page = html.unescape(at_officers.get(reverse("desks:officer-matter", args=[again.pk])).content.decode())
    assert "Another one" in page
    assert WORDS not in page


def test_a_doubt_about_a_code_that_no_label_has(officer):
    for _nth in range(2):
        report_doubt(code="made up", text=WORDS)
    matter = Matter.objects.get()
    assert (matter.kind, matter.maker, matter.facts["doubts"], matter.title_en) == (
        "doubt_unknown",
        None,
        2,
        "Unknown code: \u2066made up\u2069",
    )
    decide(matter=matter, decision="seen", reason="", by=officer)
    report_doubt(code="made up", text=WORDS)
    assert Matter.objects.waiting().get().facts["doubts"] == 1


def test_officers_read_the_words_the_photo_and_the_contact(at_officers, passport):
    matter = report(passport, photo=b"RIFF")
    page = html.unescape(at_officers.get(reverse("desks:officer-matter", args=[matter.pk])).content.decode())
    assert WORDS in page
    assert CONTACT in page
    assert "/officer/papers/" in page
    assert Doubt.objects.get().photo.name not in page


def test_its_maker_reads_neither(client, passport, artisan):
    matter = report(passport, photo=b"RIFF")
    client.force_login(artisan)
    page = client.get(reverse("desks:matter", args=[matter.pk]))
    assert page.status_code == 200
    for hidden in (WORDS, CONTACT, "papers", "doubts/"):
        assert hidden not in page.content.decode()


def test_revoked_for_a_doubt_and_given_back(passport, artisan, officer, other_officer):
    matter = report(passport)
    decide(matter=matter, decision="revoke", reason="The label was sold apart", by=officer)
    assert Passport.objects.get(pk=passport.pk).revoked_on is not None
    matter.refresh_from_db()
    decide(matter=appeal(matter=matter, by=artisan, text="-"), decision="overturned", reason="-", by=other_officer)
    assert Passport.objects.get(pk=passport.pk).revoked_on is None
