"""Rules of posts in a secretariat and of its reports.

Source: minutes of the Kerman government–private sector dialogue council, which quote the directive of secretariats: the secretary is
proposed by the province's director general and appointed by decree of the deputy minister; the head by decree of the secretary.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.dbrules import declare, grows_only
from marketplace.core.jalali import jalali_short, jalali_year_of
from marketplace.secretariats.models import Appointment, EligibilityRule, Figure, Office, Report, Secretariat

Role = Appointment.Role
#: Posts that one person holds at a time.
SINGLE = (Role.SECRETARY, Role.HEAD)
#: The first places were named craft cities after this Jalali year.
FIRST_YEAR = 1390


def require_dates_in_order(appointment: Appointment) -> None:
    """A term ends on or after the day it begins. Code `term_dates`."""
    if appointment.until is not None and appointment.until < appointment.since:
        raise ValidationError(_("A term cannot end before it begins."), code="term_dates")


def require_decree(appointment: Appointment) -> None:
    """Secretary and head hold their posts by a decree with number and date, given by the day the term begins. Code `decree_needed`."""
    if appointment.role not in SINGLE:
        return
    if not appointment.decree_number or appointment.decree_on is None or appointment.decree_on > appointment.since:
        raise ValidationError(
            _("This post needs a decree with its number and a date not later than the first day of the term."),
            code="decree_needed",
        )


def require_eligible_secretary(appointment: Appointment, rule: EligibilityRule | None) -> None:
    """Who may be secretary is said by the rule in force on the day of the decree.

    Codes `no_rule`, `office_not_eligible`, `not_their_proposal`, `not_their_decree`.
    """
    if appointment.role != Role.SECRETARY:
        return
    if rule is None:
        raise ValidationError(_("No rule of that day says who may be secretary."), code="no_rule")
    if rule.offices and appointment.office not in rule.offices:
        raise ValidationError(
            _("By the rule in force on the day of the decree only these may be secretary: %(offices)s."),
            code="office_not_eligible",
            params={"offices": _(", ").join(rule.office_names)},
        )
    if appointment.proposed_by != rule.proposed_by:
        raise ValidationError(
            _("A secretary is proposed by: %(office)s."),
            code="not_their_proposal",
            params={"office": rule.get_proposed_by_display()},
        )
    if appointment.decree_by != rule.decree_by:
        raise ValidationError(
            _("A secretary is appointed by decree of: %(office)s."),
            code="not_their_decree",
            params={"office": rule.get_decree_by_display()},
        )


def require_secretarys_decree(appointment: Appointment, secretaries: Iterable[Appointment]) -> None:
    """The head is proposed by the director general and appointed by decree of the secretary in office on that day.

    Codes `not_their_proposal`, `not_their_decree`, `no_secretary`.
    """
    if appointment.role != Role.HEAD:
        return
    if appointment.proposed_by != Office.DIRECTOR_GENERAL:
        raise ValidationError(
            _("A head of the secretariat is proposed by: %(office)s."),
            code="not_their_proposal",
            params={"office": Office.DIRECTOR_GENERAL.label},
        )
    if appointment.decree_by != Office.SECRETARY:
        raise ValidationError(
            _("A head of the secretariat is appointed by decree of its secretary."), code="not_their_decree"
        )
    day = appointment.decree_on
    if day is None or not any(one.runs_on(day) for one in secretaries):
        raise ValidationError(
            _("There was no secretary on the day of this decree, and only a secretary appoints a head."),
            code="no_secretary",
        )


def require_post_free(appointment: Appointment, others: Iterable[Appointment]) -> None:
    """One secretary and one head at a time. Code `post_taken`."""
    if appointment.role not in SINGLE:
        return
    for other in others:
        if other.role == appointment.role and _meet(appointment, other):
            raise ValidationError(
                _("%(person)s holds this post in that time, since %(day)s. End that term first."),
                code="post_taken",
                params={"person": other.person, "day": jalali_short(other.since)},
            )


def _meet(one: Appointment, other: Appointment) -> bool:
    """Whether two terms share a day."""
    return _begins_in(one, other) or _begins_in(other, one)


def _begins_in(one: Appointment, other: Appointment) -> bool:
    return other.runs_on(one.since)


def require_own_committee(appointment: Appointment) -> None:
    """Who sits on a committee sits on one of this secretariat; nobody else has one. Code `committee_needed`."""
    committee = appointment.committee
    is_member = appointment.role == Role.COMMITTEE
    if is_member != (committee is not None) or (
        committee is not None and committee.secretariat_id != appointment.secretariat_id
    ):
        raise ValidationError(
            _("A member of a committee needs a committee of this secretariat; no other post has one."),
            code="committee_needed",
        )


def require_running_term(appointment: Appointment, *, on: date) -> None:
    """Only a term that is not over can be ended. Code `term_over`."""
    last = appointment.last_day
    if appointment.ended_on is not None or (last is not None and last < on):
        raise ValidationError(_("This term is over already."), code="term_over")


def require_end_in_term(appointment: Appointment, day: date, *, on: date) -> None:
    """A term is ended from its first day on, and not in the future: a later end is written as its last day. Code `end_day`."""
    if not appointment.since <= day <= on:
        raise ValidationError(_("The end lies between the first day of the term and today."), code="end_day")


def require_reason(reason: str) -> None:
    """Code `reason_needed`."""
    if not reason.strip():
        raise ValidationError(_("Write why the term ends."), code="reason_needed")


def require_waiting_rule(rule: EligibilityRule, since: date, *, on: date) -> None:
    """A rule that is in force stays as it is; a new day is today or later: no decree of the past changes.

    Codes `rule_in_force`, `past_day`.
    """
    if rule.since is not None and rule.since <= on:
        raise ValidationError(_("This rule is in force already."), code="rule_in_force")
    if since < on:
        raise ValidationError(_("A rule comes into force today or later."), code="past_day")


def require_source(figure: Figure, *, on: date) -> None:
    """A number that was told has a source with a day that is not in the future. Code `source_needed`."""
    if not figure.source_fa.strip() or figure.source_day > on:
        raise ValidationError(_("Name the source of each number and its date."), code="source_needed")


def require_whole_report(report: Report, missing: Iterable[str]) -> None:
    """A report is published when it has a summary in both languages and every number that is asked for.

    Codes `summary_needed`, `figures_needed`.
    """
    if not report.summary_fa.strip() or not report.summary_en.strip():
        raise ValidationError(_("Write the summary in both languages."), code="summary_needed")
    if names := list(missing):
        raise ValidationError(
            _("These numbers are still missing: %(names)s."),
            code="figures_needed",
            params={"names": _(", ").join(str(name) for name in names)},
        )


def require_post(secretariat: Secretariat, theirs: Iterable[Secretariat]) -> None:
    """Reports are written by who is secretary or head on the day. Code `not_their_secretariat`."""
    if secretariat.pk not in {one.pk for one in theirs}:
        raise ValidationError(
            _("Reports are written by the secretary and the head of the secretariat, while their terms run."),
            code="not_their_secretariat",
        )


def require_secretary(is_secretary: bool) -> None:
    """A report is published by the secretary in office on the day. Code `not_secretary`."""
    if not is_secretary:
        raise ValidationError(_("Only the secretary publishes a report, while their term runs."), code="not_secretary")


def require_year_begun(year: int, *, on: date) -> None:
    """Nobody reports on a year that has not begun. Code `year`."""
    if not FIRST_YEAR <= year <= jalali_year_of(on):
        raise ValidationError(_("Write a Jalali year that has begun."), code="year")


report_versions_grow_only = declare(grows_only("report_versions_grow_only", "secretariats_reportversion"))
