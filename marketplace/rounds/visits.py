"""Verbs of a round: begin it, look at a stall, keep what was seen as one goes, end it."""

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.rounds import rules
from marketplace.rounds.models import Answer, Question, Round, Visit
from marketplace.rounds.photos import keep_photo, read_photo
from marketplace.stalls.models import Stall

#: A question's answer and its note.
Given = tuple[str, str]


@transaction.atomic
def begin_round(*, venue: Venue, by: User) -> Round:
    """Begin a round, or go on with the one that this manager has open. Raises ValidationError with code `not_your_venue`."""
    rules.require_own_venue(venue, by)
    Venue.objects.select_for_update().get(pk=venue.pk)
    running, _new = Round.objects.get_or_create(venue=venue, by=by, ended_at=None, defaults={"on": today()})
    return running


@transaction.atomic
def end_round(*, round_: Round, by: User) -> Round:
    """End a round; what was kept stays, and nothing is added. Raises ValidationError with code `round_ended` or `not_your_round`."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    rules.require_own_round(round_, by)
    rules.require_open_round(round_)
    round_.ended_at = timezone.now()
    round_.save(update_fields=["ended_at"])
    return round_


@transaction.atomic
def keep_visit(
    *,
    round_: Round,
    stall: Stall,
    by: User,
    answers: Mapping[Question, Given],
    note: str = "",
    photos: Iterable[UploadedFile] = (),
    done: bool = False,
) -> Visit:
    """Keep what was seen at a stall so far: answers over earlier ones, photos beside them. Done, every question has its answer, and an
    inspection that was due there is closed.

    Raises ValidationError and keeps nothing when a rule says no or a photo cannot be read.
    """
    read = [read_photo(photo) for photo in photos]
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    rules.require_own_round(round_, by)
    rules.require_open_round(round_)
    rules.require_stall_of_venue(stall, round_.venue_id)
    day = today()
    lease = stall.leases.running_on(day).select_related("tenant").first()  # type: ignore[attr-defined]
    rules.require_running_lease(lease, on=day)
    rules.forbid_own_cause(lease, by)
    visit, _new = Visit.objects.get_or_create(round=round_, stall=stall, defaults={"lease": lease})
    for question, (given, said) in answers.items():
        words = {"asked_fa": question.text_fa, "asked_en": question.text_en, "given": given, "note": said.strip()}
        Answer.objects.update_or_create(visit=visit, question=question, defaults=words)
    visit.note = note.strip()
    if done:
        rules.require_answers(visit, asked=Question.objects.asked_on(day).count())
        visit.done_at = visit.done_at or timezone.now()
        _close_inspection(visit)
    visit.save(update_fields=["note", "done_at"])
    for photo in read:
        keep_photo(visit=visit, photo=photo, by=by)
    return visit


def _close_inspection(visit: Visit) -> None:
    """What the refusals of a seller asked for was done."""
    due = Inspection.objects.filter(venue=visit.stall.venue_id, maker=visit.lease.tenant_id, closed_on=None)
    due.update(closed_on=today(), note=visit.note)
