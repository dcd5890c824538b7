"""Finding, warning, closure, appeal, decision, lifting: each step stands on the one before it, or is refused and changes nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.core.models import Notice
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.rounds.audits import closed_stalls_follow_their_closures, measures_stand_in_order
from marketplace.rounds.models import Finding, Measure
from marketplace.rounds.rules import GRAVE
from marketplace.rounds.services import appeal, close_stall, lift, mended, note_finding, warn
from tests.cast import DAY
from tests.rounds.ladder import ONE, WEEK, after, closed


def steps() -> list[str]:
    return list(Measure.objects.order_by("pk").values_list("kind", flat=True))


def quiet() -> bool:
    return not [*measures_stand_in_order(), *closed_stalls_follow_their_closures()]


def test_a_warning_stands_on_its_finding_and_gives_days(warning, finding, lease):
    told = (warning.finding, warning.lease, warning.mend_by, warning.must_mend, warning.text)
    assert told == (finding, lease, DAY + WEEK, "برچسب قیمت بزنید.", finding.text)
    assert quiet()


def test_each_step_is_told_to_tenant_and_manager(warning, artisan, manager):
    people = Notice.objects.filter(kind="stall_measure").order_by("user").values_list("user", flat=True)
    assert list(people) == sorted([artisan.pk, manager.pk])
    assert "until 29 November 2026" in Notice.objects.get(user=artisan, kind="stall_measure").text_en


@pytest.mark.parametrize("who", ["artisan", "buyer", "officer"])
def test_only_the_venues_manager_notes_and_warns(who, lease, finding, request):
    by = request.getfixturevalue(who)
    for act in (
        lambda: note_finding(lease=lease, about="prices", text="x", by=by),
        lambda: warn(finding=finding, must_mend="x", days=7, by=by),
        lambda: closed(lease, by=by, finding=finding),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "not_your_venue"
    assert (steps(), Finding.objects.count()) == ([], 1)


def test_a_manager_does_not_measure_the_own_stall(lease, manager, finding):
    Maker.objects.filter(pk=lease.tenant_id).update(owner=manager)
    lease.refresh_from_db()
    finding.refresh_from_db()
    for act in (
        lambda: note_finding(lease=lease, about="prices", text="x", by=manager),
        lambda: warn(finding=finding, must_mend="x", days=7, by=manager),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "own_cause"
    assert (steps(), Finding.objects.count()) == ([], 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"days": 0}, "days_to_mend"), ({"days": 61}, "days_to_mend"), ({"must_mend": "  "}, "reason_required")],
)
def test_a_warning_without_time_or_words_is_refused(change, code, finding, manager):
    with pytest.raises(ValidationError) as refused:
        warn(**{"finding": finding, "must_mend": "x", "days": 7, "by": manager} | change)
    assert (refused.value.code, steps()) == (code, [])


def test_a_finding_is_warned_of_once(warning, finding, manager):
    with pytest.raises(ValidationError) as refused:
        warn(finding=finding, must_mend="x", days=7, by=manager)
    assert (refused.value.code, steps()) == ("warned_already", ["warning"])


def test_nothing_is_found_at_a_stall_that_nobody_holds_today(lease, manager):
    after(400)
    with pytest.raises(ValidationError) as refused:
        note_finding(lease=lease, about="prices", text="x", by=manager)
    assert (refused.value.code, Finding.objects.count()) == ("nobody_there", 0)


@pytest.mark.parametrize(("days", "code"), [(0, "days_left"), (7, "days_left"), (8, None)])
def test_a_closure_waits_until_the_days_to_mend_are_over(days, code, warning, lease, manager):
    after(days)
    if code is None:
        assert closed(lease, warning=warning, by=manager).finding == warning.finding
        assert quiet()
        return
    with pytest.raises(ValidationError) as refused:
        closed(lease, warning=warning, by=manager)
    lease.refresh_from_db()
    assert (refused.value.code, steps(), lease.closed_from) == (code, ["warning"], None)


@pytest.mark.parametrize("about", ["foreign", "safety", "prices", "trade", "clean", "other"])
def test_only_a_grave_finding_closes_without_a_warning(about, lease, manager):
    found = note_finding(lease=lease, about=about, text="x", by=manager)
    if about in GRAVE:
        assert closed(lease, finding=found, by=manager).after is None
        return
    with pytest.raises(ValidationError) as refused:
        closed(lease, finding=found, by=manager)
    assert (refused.value.code, steps()) == ("no_warning", [])


def test_a_closure_without_any_ground_is_refused(lease, manager):
    with pytest.raises(ValidationError) as refused:
        closed(lease, by=manager)
    assert (refused.value.code, steps()) == ("no_warning", [])


def test_what_was_mended_closes_no_stall(warning, lease, manager):
    mended(warning=warning, by=manager)
    after(8)
    with pytest.raises(ValidationError) as refused:
        closed(lease, warning=warning, by=manager)
    assert (refused.value.code, steps()) == ("warning_over", ["warning", "mended"])
    with pytest.raises(ValidationError) as refused:
        mended(warning=warning, by=manager)
    assert (refused.value.code, steps()) == ("warning_over", ["warning", "mended"])


@pytest.mark.parametrize(
    ("first", "days"),
    [(-1, 5), (0, 0), (0, 91), (400, 5)],
    ids=["yesterday", "ends before", "too long", "after the lease"],
)
def test_a_closure_keeps_to_its_days(first, days, grave, manager, lease):
    with pytest.raises(ValidationError) as refused:
        closed(lease, finding=grave, by=manager, first=DAY + timedelta(days=first), days=days)
    lease.refresh_from_db()
    assert (refused.value.code, steps(), lease.closed_from) == ("closure_dates", [], None)


def test_a_stall_is_closed_once_at_a_time(closure, lease, manager):
    another = note_finding(lease=lease, about="safety", text="x", by=manager)
    with pytest.raises(ValidationError) as refused:
        closed(lease, finding=another, by=manager, first=DAY + 20 * ONE)
    assert (refused.value.code, steps()) == ("closed_already", ["closure"])


def test_a_closure_is_lifted_once_and_the_stall_can_be_closed_anew(closure, grave, lease, manager):
    lift(closure=closure, by=manager, because="برطرف شد")
    lease.refresh_from_db()
    assert (lease.closed_from, lease.closed_until) == (None, None)
    with pytest.raises(ValidationError) as refused:
        lift(closure=closure, by=manager, because="x")
    assert refused.value.code == "not_closed"
    closed(lease, finding=grave, by=manager)
    assert steps() == ["closure", "lifting", "closure"]
    assert quiet()


def test_the_tenant_alone_appeals_once_within_thirty_days(closure, warning, artisan, manager, buyer):
    for by in (manager, buyer):
        with pytest.raises(ValidationError) as refused:
            appeal(measure=closure, by=by, text="x")
        assert refused.value.code == "not_your_stall"
    appeal(measure=closure, by=artisan, text="کالا ایرانی است.")
    with pytest.raises(ValidationError) as refused:
        appeal(measure=closure, by=artisan, text="x")
    assert refused.value.code == "no_appeal"
    after(31)
    with pytest.raises(ValidationError) as refused:
        appeal(measure=warning, by=artisan, text="x")
    assert (refused.value.code, steps()) == ("no_appeal", ["closure", "warning", "appeal"])
    assert Matter.objects.get().kind == "stall_measure"


def test_an_appeal_that_is_won_lifts_the_closure(closure, artisan, officer, lease, manager):
    appeal(measure=closure, by=artisan, text="کالا ایرانی است.")
    decide(matter=Matter.objects.get(), decision="lifted", reason="مدارک را دیدم.", by=officer)
    lease.refresh_from_db()
    assert (steps(), lease.closed_from) == (["closure", "appeal", "lifting", "decision"], None)
    assert Measure.objects.get(kind="decision").outcome == "lifted"
    assert Notice.objects.filter(user=artisan, kind="matter").count() == 1
    assert "it is lifted" in Notice.objects.filter(user=manager).latest("pk").text_en
    assert quiet()


def test_an_appeal_that_is_lost_changes_nothing(closure, artisan, officer, lease):
    appeal(measure=closure, by=artisan, text="x")
    decide(matter=Matter.objects.get(), decision="stands", reason="خارجی است.", by=officer)
    lease.refresh_from_db()
    assert (steps(), lease.closed_from) == (["closure", "appeal", "decision"], DAY)


def test_a_manager_who_is_an_officer_decides_no_appeal_of_the_own_venue(closure, artisan, officer, bazaar):
    appeal(measure=closure, by=artisan, text="x")
    bazaar.managers.add(officer)
    with pytest.raises(ValidationError) as refused:
        decide(matter=Matter.objects.get(), decision="lifted", reason="x", by=officer)
    assert (refused.value.code, steps()) == ("own_cause", ["closure", "appeal"])
    assert Matter.objects.get().is_open


def test_a_warning_under_appeal_leads_to_no_closure(warning, artisan, manager, officer, lease):
    appeal(measure=warning, by=artisan, text="x")
    after(8)
    with pytest.raises(ValidationError) as refused:
        closed(lease, warning=warning, by=manager)
    assert (refused.value.code, steps()) == ("appeal_open", ["warning", "appeal"])
    decide(matter=Matter.objects.get(), decision="stands", reason="x", by=officer)
    closed(lease, warning=warning, by=manager)
    assert steps() == ["warning", "appeal", "decision", "closure"]


def test_a_warning_that_an_officer_lifted_leads_to_no_closure(warning, artisan, manager, officer, lease):
    appeal(measure=warning, by=artisan, text="x")
    decide(matter=Matter.objects.get(), decision="lifted", reason="x", by=officer)
    after(8)
    with pytest.raises(ValidationError) as refused:
        closed(lease, warning=warning, by=manager)
    assert (refused.value.code, steps()) == ("warning_over", ["warning", "appeal", "decision"])


def row(lease, kind: str, **more) -> Measure:
    told = {"number": f"X-{Measure.objects.count()}", "given_on": DAY, "text": "x"}
    return Measure(lease=lease, kind=kind, **told | more)


@pytest.mark.parametrize("kind", ["warning", "mended", "closure", "appeal", "decision", "lifting", "fine"])
def test_the_database_refuses_a_step_that_stands_on_nothing(kind, lease, finding):
    dates = {"mend_by": DAY, "starts_on": DAY, "ends_on": DAY, "outcome": "upheld" if kind == "decision" else ""}
    with pytest.raises(DatabaseError, match="measures_in_order"), transaction.atomic():
        row(lease, kind, **dates).save()
    assert steps() == []


def test_the_database_refuses_a_closure_before_the_days_to_mend_are_over(warning, lease):
    with pytest.raises(DatabaseError, match="measures_in_order"), transaction.atomic():
        row(lease, "closure", after=warning, starts_on=DAY, ends_on=DAY).save()
    assert steps() == ["warning"]


def test_the_database_refuses_a_second_open_closure(closure, grave, lease):
    with pytest.raises(DatabaseError, match="measures_in_order"), transaction.atomic():
        row(lease, "closure", finding=grave, starts_on=DAY + 30 * ONE, ends_on=DAY + 30 * ONE).save()
    assert steps() == ["closure"]


def test_the_database_refuses_to_change_or_delete_a_step(warning, finding):
    for act in (
        lambda: Measure.objects.update(text="y"),
        lambda: Measure.objects.filter(pk=warning.pk)._raw_delete("default"),
        lambda: Finding.objects.update(text="y"),
    ):
        with pytest.raises(DatabaseError, match="measures_grow_only"), transaction.atomic():
            act()
    assert (steps(), Measure.objects.get().text) == (["warning"], finding.text)


def test_the_database_refuses_closed_days_without_their_closure(closure, lease):
    for days in ({"closed_from": None, "closed_until": None}, {"closed_until": date(2027, 1, 1)}):
        with pytest.raises(DatabaseError, match="closed_days_follow_measures"), transaction.atomic():
            type(lease).objects.filter(pk=lease.pk).update(**days)
    lease.refresh_from_db()
    assert (lease.closed_from, lease.closed_until) == (DAY, DAY + 9 * ONE)


def test_the_audit_names_a_step_that_stands_on_nothing(finding, lease, monkeypatch):
    monkeypatch.setattr(
        "marketplace.rounds.audits.Measure.objects",
        _Rows([row(lease, "lifting"), row(lease, "closure", finding=finding)]),
    )
    assert list(measures_stand_in_order()) == [
        "Measure X-0: nothing before it allows a lifting.",
        "Measure X-0: nothing before it allows a closure.",
    ]


class _Rows(list):
    """Rows that no database would hold."""

    def select_related(self, *names):
        return self

    def order_by(self, *names):
        return self

    def iterator(self):
        return iter(self)


def test_close_stall_needs_words(grave, manager, lease):
    with pytest.raises(ValidationError) as refused:
        close_stall(lease=lease, finding=grave, starts_on=DAY, ends_on=DAY, because=" ", by=manager)
    assert (refused.value.code, steps()) == ("reason_required", [])
