"""A sample round of the demo's manager: a checklist that is begun, a warning, a finding that waits, a closure to come. All marked demo."""

from datetime import timedelta

from django.db import transaction

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.demo.accounts import MANAGER, user_of
from marketplace.demo.places import MANAGED
from marketplace.rounds.checklist import load_questions
from marketplace.rounds.models import About, Answer, Question, Round, Visit
from marketplace.rounds.services import close_stall, note_finding, warn
from marketplace.rounds.visits import begin_round, keep_visit
from marketplace.stalls.models import Lease

#: The stalls that the round has looked at: the demo's artisan's, and the one with most rent unpaid.
WARNED, CLOSED = "1", "4"


@transaction.atomic
def make_rounds() -> int:
    """Walk the demo's bazaar once. Returns how many rows were added; nothing where a round was walked already."""
    venue = Venue.objects.get(slug=MANAGED)
    if venue.rounds.exists():
        return 0
    load_questions()
    by = user_of(MANAGER)
    leases = Lease.objects.running_on(today()).filter(stall__venue=venue, is_demo=True).select_related("stall")
    held = {lease.stall.number: lease for lease in leases}
    walk = begin_round(venue=venue, by=by)
    Round.objects.filter(pk=walk.pk).update(is_demo=True)
    made = 1
    if WARNED in held:
        made += _warn(walk, held[WARNED], by)
    if CLOSED in held:
        made += _close(walk, held[CLOSED], by)
    return made


def _look(walk: Round, lease: Lease, by: User, *, wrong: str, done: bool) -> Visit:
    """All is well but for one thing."""
    answers = {
        one: (Answer.Is.NO if one.about == wrong else Answer.Is.YES, "") for one in Question.objects.asked_on(today())
    }
    return keep_visit(round_=walk, stall=lease.stall, by=by, answers=answers, done=done)


def _warn(walk: Round, lease: Lease, by: User) -> int:
    visit = _look(walk, lease, by, wrong=About.PRICES, done=False)
    found = note_finding(
        lease=lease, visit=visit, about=About.PRICES, text="نمونه: چند کالا در قفسهٔ جلو برچسب قیمت ندارد.", by=by
    )
    warn(finding=found, must_mend="نمونه: بر هر کالا برچسب قیمت خوانا بگذارید.", days=7, by=by)
    note_finding(lease=lease, visit=visit, about=About.CLEAN, text="نمونه: کارتن‌های خالی در راهروی جلوی غرفه.", by=by)
    return 4


def _close(walk: Round, lease: Lease, by: User) -> int:
    visit = _look(walk, lease, by, wrong=About.SAFETY, done=True)
    found = note_finding(lease=lease, visit=visit, about=About.SAFETY, text="نمونه: بخاری بی‌حفاظ کنار بافته‌ها.", by=by)
    first = today() + timedelta(days=3)
    close_stall(
        lease=lease,
        finding=found,
        starts_on=first,
        ends_on=first + timedelta(days=6),
        because="نمونه: تا برداشتن بخاری بی‌حفاظ غرفه بسته می‌ماند.",
        by=by,
    )
    return 3
