"""The officer's desk: one inbox for everything that waits for a decision, and a page for each matter."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.clock import today
from marketplace.desks.officer.access import for_officer, officers
from marketplace.desks.officer.before import before_of
from marketplace.desks.officer.filters import ALL, MINE, NOBODYS, Filter
from marketplace.desks.officer.forms import AskForm, AssignForm, DecideForm, NoteForm, say
from marketplace.desks.officer.papers import fresh_address
from marketplace.desks.officer.queries import (
    Tab,
    counts_of,
    kind_tabs,
    matters_of,
    next_of,
    places_of_matters,
    rows_of,
)
from marketplace.desks.officer.rehearsal import counted
from marketplace.desks.officer.services import steps_of
from marketplace.matters.kinds import Kind, kind_of
from marketplace.matters.models import Matter
from marketplace.matters.rules import forbid_own_cause, require_other_eyes
from marketplace.matters.services import ask_maker, assign, decide, note
from marketplace.ui.cards import first_pictures, picture_of
from marketplace.ui.templatetags.rasteh import grouped

MATTERS_A_PAGE = 25


@require_safe
@for_officer
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, the heaviest first; the address says what was chosen."""
    chosen, day = Filter.of(request.GET), today()
    page = Paginator(matters_of(chosen, user=request.user, on=day), MATTERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "chosen": chosen,
        "tabs": _tabs(chosen, counts_of(chosen, user=request.user, on=day)),
        "kinds": kind_tabs(chosen, user=request.user, on=day),
        "every_kind": chosen.address(kind=""),
        "cleared": chosen.without("kind", "maker", "place").address(),
        "kept": {name: value for name, value in chosen.fields().items() if name not in ("maker", "place")},
        "places": places_of_matters(),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": rows_of(page.object_list, on=day),
        "filter": chosen.suffix(),
        "all_chosen": "all" in request.GET,
    }
    return render(request, "desks/officer/inbox.html", context)


def _tabs(chosen: Filter, counts: dict[str, int]) -> list[Tab]:
    plain = not (chosen.overdue or chosen.is_decided)
    open_ = chosen.without("overdue", "state")
    return [
        Tab(_("All"), open_.address(who=""), counts[ALL], plain and not chosen.who),
        Tab(_("Mine"), open_.address(who=MINE), counts["mine"], plain and chosen.who == MINE),
        Tab(_("Nobody's"), open_.address(who=NOBODYS), counts["nobody"], plain and chosen.who == NOBODYS),
        Tab(_("Overdue"), open_.address(who="", overdue="1"), counts["overdue"], bool(chosen.overdue)),
        Tab(_("Decided"), open_.address(who="", state="decided"), None, chosen.is_decided),
    ]


def matter_or_404(pk: int) -> Matter:
    """A matter with whatever its page reads of it."""
    whole = Matter.objects.select_related(
        "maker__owner", "maker__city", "city", "assigned_to", "decided_by", "appeal_of__decided_by", "appeal"
    )
    return get_object_or_404(whole, pk=pk)


@require_safe
@for_officer
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: its facts, its steps, what was decided before on the same maker, and the form that decides."""
    return matter_page(request, matter_or_404(pk))


def matter_page(request: HttpRequest, matter: Matter, *, status: int = 200, **sent: Any) -> HttpResponse:
    """A matter's page, with the form that was refused as it was sent."""
    day, kind, chosen = today(), kind_of(matter), Filter.of(request.GET)
    people, facts = list(kind.people(matter)), _facts(matter, kind)
    context = {
        "matter": matter,
        "kind": kind,
        "row": rows_of([matter], on=day)[0],
        "filter": chosen.suffix(),
        "thing": facts["work"].get_absolute_url() if "work" in facts else kind.page(matter),
        "hindrance": _hindrance(matter, [*people, *kind.barred(matter)], request.user) if matter.is_open else "",
        "can_ask": bool(people),
        "steps": steps_of(matter),
        "before": before_of(matter.maker, on=day, but=matter) if matter.maker else None,
        "decide_form": DecideForm(kind=kind, prefix="decide"),
        "assign_form": AssignForm(officers=officers(), initial={"to": matter.assigned_to_id or ""}, prefix="assign"),
        "note_form": NoteForm(prefix="note"),
        "ask_form": AskForm(prefix="ask"),
        **facts,
        **sent,
    }
    return render(request, "desks/officer/matter.html", context, status=status)


def _facts(matter: Matter, kind: Kind) -> dict[str, Any]:
    """What the kind's template reads. An appeal shows the facts of what it is against, too."""
    first = matter.appeal_of
    of_first = kind_of(first).context(first) if first is not None else {}
    facts = {**of_first, **kind.context(matter)}
    work = facts.get("work")
    if work is not None:
        facts["picture"] = picture_of(first_pictures([work.pk]).get(work.pk), title=work.name)
    return facts


def _hindrance(matter: Matter, people: list, user: Any) -> str:
    """Why this officer may not decide this matter, or nothing."""
    try:
        forbid_own_cause(people, user)
        require_other_eyes(matter, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _back(matter: Matter, chosen: Filter) -> HttpResponse:
    return redirect(reverse("desks:officer-matter", args=[matter.pk]) + chosen.suffix())


@require_POST
@for_officer
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a matter, give it to another officer, or back to all."""
    matter = matter_or_404(pk)
    form = AssignForm(request.POST, officers=officers(), prefix="assign")
    if "take" in request.POST:
        form = AssignForm({"assign-to": str(request.user.pk)}, officers=officers(), prefix="assign")
    if not form.is_valid():
        return matter_page(request, matter, status=422, assign_form=form)
    try:
        assign(matter=matter, to=form.cleaned_data["to"], by=request.user)
    except ValidationError as error:
        say(form, error)
        return matter_page(request, matter, status=422, assign_form=form)
    return _back(matter, Filter.of(request.GET))


@require_POST
@for_officer
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a note for officers."""
    matter, form = matter_or_404(pk), NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return matter_page(request, matter, status=422, note_form=form)
    note(matter=matter, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("The note is kept."))
    return _back(matter, Filter.of(request.GET))


@require_POST
@for_officer
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whose cause it is."""
    matter, form = matter_or_404(pk), AskForm(request.POST, prefix="ask")
    valid = form.is_valid()
    try:
        if valid:
            ask_maker(matter=matter, by=request.user, text=form.cleaned_data["text"])
    except ValidationError as error:
        say(form, error)
    if form.errors:
        return matter_page(request, matter, status=422, ask_form=form)
    messages.success(request, _("The question is sent; the answer will stand here."))
    return _back(matter, Filter.of(request.GET))


@require_POST
@for_officer
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide, then on to the next matter of the same list."""
    matter, chosen = matter_or_404(pk), Filter.of(request.GET)
    form = DecideForm(request.POST, kind=kind_of(matter), prefix="decide")
    if not form.is_valid():
        return matter_page(request, matter, status=422, decide_form=form)
    try:
        done = counted(lambda: decide(matter=matter, by=request.user, **form.cleaned_data))
    except ValidationError as error:
        say(form, error)
        return matter_page(request, matter, status=422, decide_form=form)
    following = next_of(chosen, user=request.user, on=today(), after=matter)
    messages.success(request, _told(done.result, len(done.withdrawn), following))
    return _back(following, chosen) if following else redirect(reverse("desks:officer") + chosen.suffix())


def _told(matter: Matter, withdrawn: int, following: Matter | None) -> str:
    decision = kind_of(matter).decision(matter.decision)
    assert decision is not None
    told = [_("“%(title)s”: %(decision)s.") % {"title": matter.title, "decision": decision.label}]
    if withdrawn:
        offers = ngettext("%(count)s offer was withdrawn.", "%(count)s offers were withdrawn.", withdrawn)
        told.append(offers % {"count": grouped(withdrawn)})
    told.append(_("Here is the next.") if following else _("Nothing more waits in this list."))
    return " ".join(told)


@require_safe
@for_officer
def paper(request: HttpRequest, word: str) -> HttpResponse:
    """A document of a matter, by an address that is signed anew each time it is opened."""
    try:
        return redirect(fresh_address(word))
    except BadSignature:
        raise Http404 from None
