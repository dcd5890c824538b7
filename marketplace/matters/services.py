"""What happens to a matter: opened, grown, assigned, answered, decided once, appealed. Each act is a step that stays."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.core.clock import today
from marketplace.core.notices import notify
from marketplace.core.refusals import name_of
from marketplace.makers.models import Maker
from marketplace.matters import rules
from marketplace.matters.kinds import Kind, kind_of, kinds
from marketplace.matters.models import Matter, MatterStep
from marketplace.places.models import City

_Step = MatterStep.Kind
APPEAL = "appeal"


def _kind(code: str) -> Kind:
    return next(kind for kind in kinds() if kind.code == code)


@transaction.atomic
def open_matter(
    *,
    kind: str,
    subject: models.Model,
    maker: Maker | None,
    city: City | None = None,
    title: Callable[[], str],
    weight: int = 0,
    facts: dict[str, Any] | None = None,
    by: Any = None,
    text: str = "",
    is_demo: bool = False,
) -> Matter:
    """Put a question to the officers; `title` is asked in each language. One that waits about the same thing is brought up to date.

    `city`: where it belongs, the maker's own unless told.
    """
    name = name_of(subject)
    waiting = Matter.objects.select_for_update().filter(kind=kind, subject=name).waiting().first()
    if waiting is not None:
        return _grow(waiting, weight, facts or {}, by, text)
    try:
        with transaction.atomic():
            matter = Matter.objects.create(
                kind=kind,
                subject=name,
                maker=maker,
                city=city or (maker.city if maker else None),
                title_fa=_in("fa", title),
                title_en=_in("en", title),
                weight=weight,
                facts=facts or {},
                due_on=today() + timedelta(days=_kind(kind).days),
                is_demo=is_demo,
            )
    except IntegrityError:  # somebody opened it in the same moment
        return _grow(Matter.objects.waiting().get(kind=kind, subject=name), weight, facts or {}, by, text)
    _step(matter, _Step.OPENED, by, text)
    return matter


def _in(language: str, title: Callable[[], str]) -> str:
    with override(language):
        return str(title())[:255]


def _grow(matter: Matter, weight: int, facts: dict[str, Any], by: Any, text: str) -> Matter:
    if (matter.weight, matter.facts) == (weight, facts) and not text:
        return matter
    matter.weight, matter.facts = weight, facts
    matter.save(update_fields=["weight", "facts"])
    _step(matter, _Step.GREW, by, text)
    return matter


def _step(matter: Matter, kind: str, by: Any, text: str = "") -> MatterStep:
    return MatterStep.objects.create(matter=matter, kind=kind, by=by, text=text)


@transaction.atomic
def assign(*, matter: Matter, to: Any, by: Any) -> Matter:
    """Give a matter to an officer, or (None) back to all."""
    rules.require_open(matter)
    matter.assigned_to = to
    matter.save(update_fields=["assigned_to"])
    _step(matter, _Step.ASSIGNED, by, to.get_username() if to else "")
    return matter


@transaction.atomic
def note(*, matter: Matter, by: Any, text: str) -> MatterStep:
    """An officer's remark, for officers."""
    return _step(matter, _Step.NOTE, by, text)


@transaction.atomic
def ask_maker(*, matter: Matter, by: Any, text: str) -> MatterStep:
    """Ask whose cause it is before deciding; the question reaches them as a message. Raises code `nobody_to_ask`."""
    rules.require_open(matter)
    rules.require_somebody_to_ask(kind_of(matter).people(matter))
    _tell(matter, _("An officer asks about “%(title)s”: %(text)s"), text=text)
    return _step(matter, _Step.ASKED, by, text)


@transaction.atomic
def answer(*, matter: Matter, by: Any, text: str) -> MatterStep:
    """The maker's word, before the decision."""
    rules.require_open(matter)
    return _step(matter, _Step.ANSWERED, by, text)


@transaction.atomic
def decide(*, matter: Matter, decision: str, reason: str, by: Any) -> Matter:
    """Decide once: what the decision does happens in the same transaction, and the maker is told.

    Raises ValidationError with codes of `matters.rules`, or of what the decision does.
    """
    matter = (
        Matter.objects.select_for_update(of=("self",)).select_related("maker__owner", "appeal_of").get(pk=matter.pk)
    )
    chosen = kind_of(matter).decision(decision)
    rules.require_open(matter)
    rules.require_known_decision(chosen)
    assert chosen is not None
    rules.require_reason(chosen, reason)
    rules.forbid_own_cause([*kind_of(matter).people(matter), *kind_of(matter).barred(matter)], by)
    rules.require_other_eyes(matter, by)
    chosen.apply(matter, by, reason)
    matter.decision, matter.reason, matter.decided_by, matter.decided_at = decision, reason, by, timezone.now()
    matter.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    _step(matter, _Step.DECIDED, by, reason)
    _tell(matter, chosen.told, text=reason)
    return matter


def decide_all(
    *, matters: Iterable[Matter], decision: str, reason: str, by: Any
) -> list[tuple[Matter, Exception | None]]:
    """Decide many alike, each in a transaction of its own; with each, what stopped it (a rule, or the database's own) or None."""
    done: list[tuple[Matter, Exception | None]] = []
    for matter in matters:
        try:
            done.append((decide(matter=matter, decision=decision, reason=reason, by=by), None))
        except ValidationError as error:
            done.append((matter, error))
        except IntegrityError:
            done.append(
                (matter, ValidationError(_("The database refused it by one of its rules."), code="database_rule"))
            )
    return done


@transaction.atomic
def appeal(*, matter: Matter, by: Any, text: str) -> Matter:
    """The maker asks for another pair of eyes. Raises ValidationError with code `no_appeal`."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("maker").get(pk=matter.pk)
    days = (timezone.now() - matter.decided_at).days if matter.decided_at else 0
    rules.require_appealable(matter, kind_of(matter).decision(matter.decision), days=days)
    _step(matter, _Step.APPEALED, by, text)
    again = Matter.objects.create(
        kind=APPEAL,
        subject=name_of(matter),
        maker=matter.maker,
        city=matter.city,
        title_fa=matter.title_fa,
        title_en=matter.title_en,
        weight=matter.weight,
        facts=matter.facts,
        due_on=today() + timedelta(days=_kind(APPEAL).days),
        appeal_of=matter,
        is_demo=matter.is_demo,
    )
    _step(again, _Step.OPENED, by, text)
    return again


def _tell(matter: Matter, sentence: Any, *, text: str) -> None:
    kind = kind_of(matter)
    notify(
        users=kind.people(matter),
        kind="matter",
        sentence=sentence,
        params={"title": lambda: matter.title, "text": text},
        link=reverse("desks:matter", args=[matter.pk]) if matter.maker_id else kind.page(matter),
    )
