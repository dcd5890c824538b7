"""What is done to secretariats: appoint, end a term, switch on a rule."""

from datetime import date
from typing import Any

from django.db import transaction

from marketplace.core import chain
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.registry import tell
from marketplace.places.models import City
from marketplace.secretariats import rules
from marketplace.secretariats.eligibility import rule_on
from marketplace.secretariats.models import Appointment, EligibilityRule, Secretariat

#: The log of who was appointed, by whose hand, and what became of it.
CHAIN = "secretariats"
#: Told whenever somebody's posts change: `user`, `secretariat`.
POSTS_CHANGED = "posts_of_secretariats"


def found(*, city: City, by: User | None = None, **facts: Any) -> Secretariat:
    """The secretariat of a city; the one that is there stays as it is."""
    return Secretariat.objects.get_or_create(city=city, defaults=facts)[0]


@transaction.atomic
def appoint(*, secretariat: Secretariat, by: User | None, **facts: Any) -> Appointment:
    """Record an appointment. Raises ValidationError with the codes of `rules`; two at once wait for each other."""
    secretariat = Secretariat.objects.select_for_update().select_related("city").get(pk=secretariat.pk)
    appointment = Appointment(secretariat=secretariat, recorded_by=by, **facts)
    others = list(secretariat.appointments.select_related("user"))
    rules.require_dates_in_order(appointment)
    rules.require_own_committee(appointment)
    rules.require_decree(appointment)
    rules.require_eligible_secretary(appointment, rule_on(appointment.decree_on or appointment.since))
    rules.require_secretarys_decree(appointment, [one for one in others if one.role == rules.Role.SECRETARY])
    rules.require_post_free(appointment, others)
    appointment.full_clean(exclude=["secretariat", "user", "committee", "recorded_by"])
    appointment.save()
    _written("appointed", appointment, by)
    return appointment


@transaction.atomic
def end_term(*, appointment: Appointment, on: date, because: str, by: User | None) -> Appointment:
    """End a term: from that day on nothing can be done by it. Raises ValidationError: `term_over`, `end_day`, `reason_needed`."""
    held = Appointment.objects.select_for_update().select_related("secretariat__city", "user").get(pk=appointment.pk)
    rules.require_running_term(held, on=today())
    rules.require_end_in_term(held, on, on=today())
    rules.require_reason(because)
    held.ended_on, held.ended_because = on, because.strip()
    held.save(update_fields=["ended_on", "ended_because"])
    _written("ended", held, by)
    return held


@transaction.atomic
def switch_on(*, rule: EligibilityRule, since: date, by: User | None) -> EligibilityRule:
    """Let a waiting rule come into force on a day. Raises ValidationError: `rule_in_force`, `past_day`."""
    held = EligibilityRule.objects.select_for_update().get(pk=rule.pk)
    rules.require_waiting_rule(held, since, on=today())
    held.since, held.set_by = since, by
    held.save(update_fields=["since", "set_by"])
    chain.append(chain=CHAIN, kind="rule", body={"rule": held.code, "since": str(since), "by": by.pk if by else None})
    return held


def _written(did: str, appointment: Appointment, by: User | None) -> None:
    """In the log that only grows, and told to whoever gives rights."""
    body = {
        "appointment": appointment.pk,
        "role": appointment.role,
        "user": appointment.user_id,
        "day": str(appointment.ended_on or appointment.since),
        "by": by.pk if by else None,
    }
    chain.append(chain=CHAIN, kind=did, body=body)
    tell(POSTS_CHANGED, user=appointment.user, secretariat=appointment.secretariat)
