"""From looks to one case an officer decides: what is read, what opens, what stays shut."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authenticity.copy_watch import ask_about, watch_scans
from authenticity.models import Passport, Scan, ScanWatch
from authenticity.passports import looked, revoke, suspend
from marketplace.core.models import LogEntry, Notice
from marketplace.matters.models import Matter
from marketplace.matters.services import answer, appeal, decide
from tests.authenticity.sights import scan, seen_by_strangers

pytestmark = pytest.mark.django_db
ACTIVATED, TRIED = Scan.Kind.ACTIVATED, Scan.Kind.TRIED


def state(passport) -> tuple:
    return Passport.objects.values_list("suspended_on", "revoked_on", "because").get(pk=passport.pk)


def test_a_label_seen_by_strangers_is_put_to_the_officers_and_its_maker_is_told(case, owned, weaver, artisan):
    assert (case.kind, case.maker, case.weight) == ("copied_label", weaver, 40)
    assert case.title_en == f"Label \u2066{owned.serial}\u2069 of “Shiriki-pich kilim”"
    assert (case.facts["strangers"], case.facts["refused"]) == (7, 0)
    assert case.facts["signals"][0]["sentence_en"].startswith("Since the piece left, its label was seen on 7 occasions")
    told = Notice.objects.get(user=artisan)
    assert "Nothing is decided." in told.text_en
    assert told.link.endswith(f"/desk/matters/{case.pk}/")
    assert state(owned) == (None, None, "")


def test_six_occasions_ask_nobody(owned):
    seen_by_strangers(owned, 6)
    assert watch_scans() == []
    assert not Matter.objects.exists()


def test_each_look_is_read_once_and_a_young_one_later(owned):
    seen_by_strangers(owned, 6, last=5)
    watch_scans()
    looked(passport=owned, place="net last", device="last")
    assert watch_scans() == []
    read = Scan.objects.exclude(place="net last").latest("pk").pk
    assert ScanWatch.objects.get().last == read
    Scan.objects.filter(place="net last").update(at=timezone.now() - timedelta(minutes=1))
    [matter] = watch_scans()
    assert ScanWatch.objects.get().last == Scan.objects.latest("pk").pk
    assert watch_scans() == []
    assert matter.is_open


def test_a_case_grows_by_occasions_only_and_tells_its_maker_once(case, owned):
    scan(owned, 0.5, "same days")
    ask_about([owned.pk])
    assert [step.kind for step in case.steps.all()] == ["opened"]
    Scan.objects.update(at=timezone.now() - timedelta(days=10))
    Scan.objects.all().delete()
    scan(owned, 100, "owner", ACTIVATED)
    seen_by_strangers(owned, 9)
    [grown] = ask_about([owned.pk])
    assert (grown.pk, grown.weight, grown.facts["strangers"]) == (case.pk, 50, 9)
    assert Matter.objects.count() == Notice.objects.count() == 1


def test_two_refused_people_open_a_case_before_anybody_activated(passport):
    scan(passport, 3, "a", TRIED)
    scan(passport, 2, "a", TRIED)
    assert watch_scans() == []
    scan(passport, 1, "b", TRIED)
    [matter] = watch_scans()
    assert (matter.facts["strangers"], matter.facts["refused"]) == (0, 2)
    assert matter.facts["signals"][0]["sentence_en"].startswith("2 different people typed a word")


@pytest.mark.parametrize("act", [suspend, revoke])
def test_a_passport_out_of_force_is_not_asked_about(owned, act):
    act(passport=owned, because="-")
    seen_by_strangers(owned)
    assert watch_scans() == []


def test_a_batch_has_many_owners_and_is_not_asked_about(owned):
    Passport.objects.filter(pk=owned.pk).update(pieces=12, piece=None)
    seen_by_strangers(owned)
    assert watch_scans() == []


def test_unfounded_is_not_asked_again_for_the_same_looks(case, owned, officer):
    decide(matter=case, decision="unfounded", reason="", by=officer)
    assert ask_about([owned.pk]) == []
    assert state(owned) == (None, None, "")
    Matter.objects.update(decided_at=timezone.now() - timedelta(days=0.9))
    seen_by_strangers(owned, 6, last=-20, first_name=50)
    assert ask_about([owned.pk]) == []
    scan(owned, -30, "and one more")
    [again] = ask_about([owned.pk])
    assert again.pk != case.pk
    assert again.facts["strangers"] == 7


def test_suspended_and_reinstated_by_a_won_appeal(case, owned, artisan, officer, other_officer):
    answer(matter=case, by=artisan, text="It is at an exhibition.")
    decide(matter=case, decision="suspend", reason="Seen in many cities", by=officer)
    suspended_on, _revoked, because = state(owned)
    assert (suspended_on is not None, because) == (True, "Seen in many cities")
    case.refresh_from_db()
    decide(matter=appeal(matter=case, by=artisan, text="-"), decision="overturned", reason="A show", by=other_officer)
    assert state(owned) == (None, None, "A show")
    assert ask_about([owned.pk]) == []


def test_revoked_and_annulled_by_a_won_appeal(case, owned, artisan, officer, other_officer):
    decide(matter=case, decision="revoke", reason="x" * 400, by=officer)
    assert state(owned)[1] is not None
    assert len(state(owned)[2]) == 300
    case.refresh_from_db()
    decide(matter=appeal(matter=case, by=artisan, text="-"), decision="overturned", reason="-", by=other_officer)
    assert state(owned) == (None, None, "-")
    assert list(LogEntry.objects.filter(chain="passports").order_by("number").values_list("kind", flat=True))[-2:] == [
        "revoked",
        "revocation annulled",
    ]


@pytest.mark.parametrize(("decision", "code"), [("suspend", "passport_not_in_force"), ("revoke", "passport_ended")])
def test_what_was_revoked_meanwhile_is_not_decided_against_again(case, owned, officer, decision, code):
    revoke(passport=owned, because="before")
    with pytest.raises(ValidationError) as refusal:
        decide(matter=case, decision=decision, reason="-", by=officer)
    assert refusal.value.code == code
    assert state(owned)[2] == "before"
    assert Matter.objects.get(pk=case.pk).is_open


def test_three_queries_for_any_number_of_labels(passports):
    for passport in passports:
        scan(passport, 100, "owner", ACTIVATED)
        seen_by_strangers(passport, 6)
    with CaptureQueriesContext(connection) as seen:
        assert ask_about([passport.pk for passport in passports]) == []
    assert len(seen) == 3
