"""A manager's round on a phone: stalls by risk, a stall's checklist kept as one goes, photos, findings, letters. Another's: 404."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.desks.access import maker_of
from marketplace.desks.forms.rounds import VisitFindingForm, VisitForm
from marketplace.desks.queries import venues_managed
from marketplace.rounds.models import Letter, Photo, Question, Round, Visit
from marketplace.rounds.queries import stalls_by_risk
from marketplace.rounds.services import note_finding
from marketplace.rounds.visits import begin_round, end_round, keep_visit
from marketplace.stalls.models import Stall

ROUNDS_SHOWN = 10


def _venue(request: HttpRequest, slug: str) -> Venue:
    return get_object_or_404(venues_managed(request.user), slug=slug)  # type: ignore[arg-type]


def _running(request: HttpRequest, venue: Venue) -> Round | None:
    return Round.objects.filter(venue=venue, by=request.user, ended_at=None).first()  # type: ignore[misc]


def _ended(venue: Venue) -> list[Round]:
    """The last rounds, with how many stalls were looked at and how much was found."""
    rounds = Round.objects.filter(venue=venue, ended_at__isnull=False).select_related("by")
    counted = rounds.annotate(
        stalls=Count("visits", filter=Q(visits__done_at__isnull=False), distinct=True),
        found=Count("visits__findings", distinct=True),
    )
    return list(counted[:ROUNDS_SHOWN])


@require_safe
@login_required
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """Stalls by risk with the reasons, the round one walks, and the last rounds."""
    venue = _venue(request, slug)
    running = _running(request, venue)
    visits = {visit.stall_id: visit for visit in running.visits.all()} if running else {}
    rows = [(row, visits.get(row.lease.stall_id)) for row in stalls_by_risk(venue, on=today())]
    context = {
        "maker": maker_of(request.user),
        "venue": venue,
        "round": running,
        "rows": rows,
        "done": sum(1 for _row, visit in rows if visit and visit.done_at),
        "ended": _ended(venue),
    }
    return render(request, "desks/rounds/every.html", context)


@require_POST
@login_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a round, or go on with the open one."""
    venue = _venue(request, slug)
    begin_round(venue=venue, by=request.user)  # type: ignore[arg-type]
    return redirect("desks:rounds", slug)


@require_POST
@login_required
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """End the round one walks."""
    venue = _venue(request, slug)
    running = _running(request, venue)
    if running is not None:
        end_round(round_=running, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The round is ended."))
    return redirect("desks:rounds", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stall(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A stall's checklist in the round one walks; each sending keeps what is there, "done" asks for every answer."""
    venue = _venue(request, slug)
    there = get_object_or_404(Stall, venue=venue, pk=pk)
    running = _running(request, venue)
    if running is None:
        return redirect("desks:rounds", slug)
    visit = _visit(running, there)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VisitForm(*posted, questions=list(Question.objects.asked_on(today())), visit=visit)
    if posted and form.is_valid() and _kept(request, running, there, form):
        return redirect("desks:round-stall", slug, pk) if "done" not in request.POST else redirect("desks:rounds", slug)
    return _stall_page(request, venue, there, visit, form=form, status=422 if posted else 200)


def _visit(running: Round, there: Stall) -> Visit | None:
    visits = Visit.objects.select_related("lease__tenant", "lease__stall__venue").prefetch_related(
        "answers", "photos", "findings__measures"
    )
    return visits.filter(round=running, stall=there).first()


def _kept(request: HttpRequest, running: Round, there: Stall, form: VisitForm) -> bool:
    try:
        keep_visit(
            round_=running,
            stall=there,
            by=request.user,  # type: ignore[arg-type]
            answers=form.answers(),
            note=form.cleaned_data["note"],
            photos=form.cleaned_data["photos"],
            done="done" in request.POST,
        )
    except ValidationError as error:
        form.add_error("photos" if (error.code or "").startswith("picture") else None, error)
        return False
    messages.success(request, _("It is kept."))
    return True


def _stall_page(
    request: HttpRequest,
    venue: Venue,
    there: Stall,
    visit: Visit | None,
    *,
    form: VisitForm,
    finding: VisitFindingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lease = there.leases.running_on(today()).select_related("tenant").prefetch_related("crafts").first()  # type: ignore[attr-defined]
    context = {
        "maker": maker_of(request.user),
        "venue": venue,
        "stall": there,
        "visit": visit,
        "lease": lease,
        "form": form,
        "finding_form": (finding or VisitFindingForm(visit=visit, auto_id="found_%s")) if visit else None,
        "photos": visit.photos.all() if visit else (),
        "findings": visit.findings.all() if visit else (),
    }
    return render(request, "desks/rounds/stall.html", context, status=status)


@require_POST
@login_required
def found(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what was found in a visit, with the photos that show it."""
    venue = _venue(request, slug)
    there = get_object_or_404(Stall, venue=venue, pk=pk)
    running = _running(request, venue)
    visit = _visit(running, there) if running else None
    if visit is None:
        raise Http404
    form = VisitFindingForm(request.POST, visit=visit, auto_id="found_%s")
    if form.is_valid():
        try:
            finding = note_finding(lease=visit.lease, visit=visit, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The finding is written down."))
            return redirect("desks:finding", finding.pk)
    kept = VisitForm(questions=list(Question.objects.asked_on(today())), visit=visit)
    return _stall_page(request, venue, there, visit, form=kept, finding=form, status=422)


@require_safe
@login_required
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo, for the venue's managers, and for the tenant once a step stands on it. No address of it opens for anybody else."""
    mine = Q(visit__round__venue__in=request.user.venues.all())  # type: ignore[union-attr]
    shown = Q(findings__measures__isnull=False, visit__lease__tenant__owner=request.user)
    one = get_object_or_404(Photo.objects.filter(mine | shown).distinct(), pk=pk)
    answer = FileResponse(storages["private"].open(one.file.name), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@require_safe
@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter, for the venue's managers and the tenant: a signed address that ends soon."""
    mine = Q(measure__lease__stall__venue__in=request.user.venues.all())  # type: ignore[union-attr]
    theirs = Q(measure__lease__tenant__owner=request.user)
    one = get_object_or_404(Letter.objects.filter(mine | theirs).distinct(), pk=pk)
    answer = redirect(storages["private"].url(one.file.name))
    answer["Cache-Control"] = "private, no-store"
    return answer
