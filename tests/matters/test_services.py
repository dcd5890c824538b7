"""Every rule of `matters.rules`, met through the verbs; a refused decision leaves matter, steps and world as they were."""

from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from catalogue.models import OriginDecision
from marketplace.core.models import Notice
from marketplace.listing.claims import LICENCE, ORIGIN, ask_verification, send_licence, send_venue_licence
from marketplace.matters import services
from marketplace.matters.models import Matter, MatterStep
from marketplace.matters.services import answer, appeal, ask_maker, assign, decide, decide_all, note, open_matter
from tests.checkout.crowd import at_once


@pytest.fixture
def matter(unproven_tray, other_artisan):
    """The coppersmith asks for a verification of the chased tray."""
    return ask_verification(work=unproven_tray, by=other_artisan, text="دستمزد استادکار در همین کارگاه پرداخت شده است.")


@pytest.fixture
def refused(matter, officer):
    """The same, decided: not shown."""
    return decide(matter=matter, decision="unproven", reason="The papers name no workshop.", by=officer)


def kinds_of_steps(matter) -> list[str]:
    return list(matter.steps.values_list("kind", flat=True))


def code_of(function, **arguments) -> str:
    with pytest.raises(ValidationError) as refusal:
        function(**arguments)
    return refusal.value.code


def untouched(matter, *, steps: int) -> bool:
    """Whether a matter waits still, with so many steps, and nothing was decided on any origin."""
    matter.refresh_from_db()
    return matter.is_open and matter.steps.count() == steps and not OriginDecision.objects.exists()


def test_a_matter_opens_in_both_languages_with_its_day_and_its_city(matter, day, kerman):
    assert (matter.title_fa, matter.title_en) == ("سینی قلم‌زنی", "Chased tray")
    assert (matter.due_on, matter.city, matter.kind) == (day + timedelta(days=7), kerman, ORIGIN)
    assert kinds_of_steps(matter) == ["opened"]


def test_a_venues_matter_stands_in_the_venues_city(bazaar, manager, kerman):
    facts = {"number": "K-2", "issuer_fa": "اداره کل", "issued_on": date(2026, 11, 1), "expires_on": date(2029, 1, 1)}
    assert send_venue_licence(venue=bazaar, by=manager, **facts).city == kerman


def test_one_open_matter_a_subject_the_second_question_grows_the_first(matter, unproven_tray, other_artisan):
    again = ask_verification(work=unproven_tray, by=other_artisan, text="Here is one more paper.")
    assert again.pk == matter.pk
    assert Matter.objects.count() == 1
    assert kinds_of_steps(matter) == ["opened", "grew"]


def test_the_same_question_again_without_a_word_leaves_no_step(matter, unproven_tray, other_artisan):
    ask_verification(work=unproven_tray, by=other_artisan, text="")
    assert kinds_of_steps(matter) == ["opened"]


def test_after_a_decision_the_same_subject_may_be_asked_about_again(refused, unproven_tray, other_artisan):
    assert ask_verification(work=unproven_tray, by=other_artisan, text="New papers.").pk != refused.pk


def test_whoever_opens_in_the_same_moment_grows_the_one_that_is_there(matter, unproven_tray, monkeypatch):
    """The second opener looked before the first had written: the constraint tells it."""
    real = Matter.objects.select_for_update
    monkeypatch.setattr(Matter.objects, "select_for_update", lambda **how: real(**how).none())
    again = open_matter(
        kind=ORIGIN, subject=unproven_tray, maker=unproven_tray.maker, title=lambda: "x", weight=9, facts={"a": 1}
    )
    assert (again.pk, again.weight, again.facts) == (matter.pk, 9, {"a": 1})
    assert kinds_of_steps(matter) == ["opened", "grew"]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_three_who_open_at_once_open_one(unproven_tray):
    """Everybody has looked and found none before anyone writes."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    looked = Barrier(3)

    def title() -> str:
        if get_language() == "fa":
            looked.wait(30)
        return "x"

    def opening(weight: int):
        return lambda: open_matter(
            kind=ORIGIN, subject=unproven_tray, maker=unproven_tray.maker, title=title, weight=weight
        )

    results = at_once(opening(1), opening(2), opening(3))
    assert not [result for result in results if isinstance(result, Exception)]
    assert {result.pk for result in results} == {Matter.objects.get().pk}
    assert sorted(MatterStep.objects.values_list("kind", flat=True)) == ["grew", "grew", "opened"]


def test_nobody_decides_in_their_own_cause(matter, other_artisan):
    assert (
        code_of(decide, matter=matter, decision="verified", reason="It is mine, I know.", by=other_artisan)
        == "own_cause"
    )
    assert untouched(matter, steps=1)


def test_a_manager_does_not_decide_about_the_venue_they_manage(bazaar, manager):
    facts = {"number": "K-2", "issuer_fa": "اداره کل", "issued_on": date(2026, 11, 1), "expires_on": date(2029, 1, 1)}
    sent = send_venue_licence(venue=bazaar, by=manager, **facts)
    assert code_of(decide, matter=sent, decision="accepted", reason="", by=manager) == "own_cause"
    assert untouched(sent, steps=1)
    assert bazaar.licences.count() == 1


def test_a_manager_is_told_what_was_decided_about_the_venue(bazaar, manager, officer):
    facts = {"number": "K-2", "issuer_fa": "اداره کل", "issued_on": date(2026, 11, 1), "expires_on": date(2029, 1, 1)}
    sent = send_venue_licence(venue=bazaar, by=manager, **facts)
    decide(matter=sent, decision="returned", reason="The scan is cut off.", by=officer)
    assert Notice.objects.get(user=manager).text_en == "“Qaleh Mahmoud bazaar” was not accepted: The scan is cut off."


def test_a_refusal_needs_a_reason(matter, officer):
    assert code_of(decide, matter=matter, decision="unproven", reason="  ", by=officer) == "reason_needed"
    assert untouched(matter, steps=1)


def test_an_acceptance_that_says_so_needs_none(coppersmith, metal, officer):
    sent = send_licence(maker=coppersmith, by=None, **licence_facts(metal))
    assert decide(matter=sent, decision="accepted", reason="", by=officer).decision == "accepted"
    assert coppersmith.licences.get().number == "T-9"


def licence_facts(group) -> dict:
    return {
        "kind": "individual",
        "craft_group": group,
        "number": "T-9",
        "issued_on": date(2026, 1, 1),
        "expires_on": date(2028, 1, 1),
    }


def test_an_unknown_decision_decides_nothing(matter, officer):
    assert code_of(decide, matter=matter, decision="maybe", reason="?", by=officer) == "unknown_decision"
    assert untouched(matter, steps=1)


def test_a_decision_does_what_it_says_and_tells_the_maker(matter, unproven_tray, officer, other_artisan, day):
    decide(matter=matter, decision="verified", reason="Seen in the workshop.", by=officer)
    unproven_tray.refresh_from_db()
    assert unproven_tray.is_domestic_on(day)
    assert kinds_of_steps(matter) == ["opened", "decided"]
    told = Notice.objects.get(user=other_artisan)
    assert told.text_en == "“Chased tray” was checked and accepted. Seen in the workshop."
    assert told.link.endswith(f"/matters/{matter.pk}/")


def test_what_is_decided_is_decided_once(refused, officer, other_officer):
    assert (
        code_of(decide, matter=refused, decision="verified", reason="I see it otherwise.", by=other_officer)
        == "matter_decided"
    )
    refused.refresh_from_db()
    assert (refused.decision, refused.decided_by) == ("unproven", officer)
    assert kinds_of_steps(refused) == ["opened", "decided"]
    assert not OriginDecision.objects.exists()


@pytest.mark.parametrize("step", ["assign", "ask", "answer"])
def test_a_decided_matter_is_neither_assigned_nor_asked_about_nor_answered(refused, officer, other_artisan, step):
    steps = {
        "assign": (assign, {"to": officer, "by": officer}),
        "ask": (ask_maker, {"by": officer, "text": "Why?"}),
        "answer": (answer, {"by": other_artisan, "text": "Because."}),
    }
    act, facts = steps[step]
    notices = Notice.objects.count()
    assert code_of(act, matter=refused, **facts) == "matter_decided"
    assert (refused.steps.count(), Notice.objects.count()) == (2, notices)


def test_a_matter_is_given_and_given_back(matter, officer):
    assert assign(matter=matter, to=officer, by=officer).assigned_to == officer
    assert assign(matter=matter, to=None, by=officer).assigned_to is None
    assert list(matter.steps.values_list("kind", "text")) == [
        ("opened", "دستمزد استادکار در همین کارگاه پرداخت شده است."),
        ("assigned", "officer"),
        ("assigned", ""),
    ]


def test_a_question_reaches_the_maker_and_the_answer_stands(matter, officer, other_artisan):
    ask_maker(matter=matter, by=officer, text="Who chased it?")
    answer(matter=matter, by=other_artisan, text="My brother.")
    assert Notice.objects.get(user=other_artisan).text_en == "An officer asks about “Chased tray”: Who chased it?"
    assert kinds_of_steps(matter) == ["opened", "asked", "answered"]


def test_where_nobody_has_an_account_nobody_is_asked(matter, coppersmith, officer):
    coppersmith.owner = None
    coppersmith.save()
    matter.refresh_from_db()
    assert code_of(ask_maker, matter=matter, by=officer, text="Who chased it?") == "nobody_to_ask"
    assert untouched(matter, steps=1)


def test_a_note_may_follow_a_decision_and_tells_nobody(refused, officer):
    notices = Notice.objects.count()
    note(matter=refused, by=officer, text="Look at the next one too.")
    assert kinds_of_steps(refused) == ["opened", "decided", "note"]
    assert Notice.objects.count() == notices


def test_many_are_decided_alike_and_what_stops_stops_alone(matter, coppersmith, weaver, kilim, officer, other_artisan):
    done_before = ask_verification(work=kilim, by=None, text="")
    decide(matter=done_before, decision="unproven", reason="No.", by=officer)
    outcome = decide_all(matters=[matter, done_before], decision="verified", reason="Seen.", by=officer)
    assert [getattr(error, "code", None) for _matter, error in outcome] == [None, "matter_decided"]
    matter.refresh_from_db()
    done_before.refresh_from_db()
    assert (matter.decision, done_before.decision) == ("verified", "unproven")


def test_an_appeal_opens_a_matter_of_its_own(refused, other_artisan, day):
    again = appeal(matter=refused, by=other_artisan, text="The paper does name it.")
    assert (again.kind, again.appeal_of, again.due_on, again.city) == (
        "appeal",
        refused,
        day + timedelta(days=10),
        refused.city,
    )
    assert kinds_of_steps(refused) == ["opened", "decided", "appealed"]
    assert kinds_of_steps(again) == ["opened"]


def test_an_appeal_is_decided_by_other_eyes(refused, officer, other_artisan):
    again = appeal(matter=refused, by=other_artisan, text="Look again.")
    assert code_of(decide, matter=again, decision="overturned", reason="No.", by=officer) == "same_officer"
    assert untouched(again, steps=1)


def test_an_appeal_won_undoes_the_decision(refused, unproven_tray, other_officer, other_artisan, day):
    again = appeal(matter=refused, by=other_artisan, text="Look again.")
    decide(matter=again, decision="overturned", reason="The paper names it.", by=other_officer)
    unproven_tray.refresh_from_db()
    assert unproven_tray.is_domestic_on(day)
    assert OriginDecision.objects.get().by == other_officer


def test_an_appeal_lost_changes_nothing(refused, unproven_tray, other_officer, other_artisan, day):
    again = appeal(matter=refused, by=other_artisan, text="Look again.")
    decide(matter=again, decision="stands", reason="It names no one.", by=other_officer)
    unproven_tray.refresh_from_db()
    assert not unproven_tray.is_domestic_on(day)
    assert not OriginDecision.objects.exists()


def appealable(matter, other_artisan) -> str | None:
    try:
        appeal(matter=matter, by=other_artisan, text="Look again.")
    except ValidationError as error:
        return error.code
    return None


def test_an_appeal_is_made_once(refused, other_artisan):
    assert appealable(refused, other_artisan) is None
    assert appealable(refused, other_artisan) == "no_appeal"
    assert Matter.objects.count() == 2
    assert kinds_of_steps(refused) == ["opened", "decided", "appealed"]


def test_what_waits_and_what_an_appeal_decided_cannot_be_appealed(
    matter, officer, other_officer, other_artisan, refused
):
    again = appeal(matter=refused, by=other_artisan, text="Look again.")
    assert appealable(again, other_artisan) == "no_appeal"
    decide(matter=again, decision="stands", reason="No.", by=other_officer)
    assert appealable(again, other_artisan) == "no_appeal"
    assert Matter.objects.count() == 2


def test_a_decision_that_cannot_be_undone_cannot_be_appealed(matter, officer, other_artisan):
    decide(matter=matter, decision="verified", reason="Seen.", by=officer)
    assert appealable(matter, other_artisan) == "no_appeal"
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(("days", "code"), [(30, None), (31, "no_appeal")])
def test_an_appeal_comes_within_thirty_days(refused, other_artisan, days, code):
    Matter.objects.filter(pk=refused.pk).update(decided_at=timezone.now() - timedelta(days=days, minutes=1))
    assert appealable(refused, other_artisan) == code
    assert Matter.objects.count() == (1 if code else 2)


@pytest.mark.parametrize(
    "statement", ["UPDATE matters_matterstep SET text = 'forged'", "DELETE FROM matters_matterstep"]
)
def test_the_database_lets_steps_only_grow(matter, statement):
    with pytest.raises(DatabaseError, match="matter_steps_grow_only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(matter.steps.values_list("kind", "text")) == [
        ("opened", "دستمزد استادکار در همین کارگاه پرداخت شده است.")
    ]


def test_the_database_holds_a_decision_and_its_day_together(matter):
    with pytest.raises(DatabaseError, match="decided_matter_has_its_decision"), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(decision="verified")
    assert untouched(matter, steps=1)


def test_a_licence_matter_is_of_the_kind_that_was_registered(coppersmith, metal):
    assert send_licence(maker=coppersmith, by=None, **licence_facts(metal)).kind == LICENCE
    assert services.kinds()
