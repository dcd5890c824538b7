"""A maker's own matters: what an officer decides about, the maker's word, an appeal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.forms.matters import AnswerForm, AppealForm
from marketplace.desks.matters import last_day_to_appeal, matters_of, rows, state_of, steps_of, told
from marketplace.makers.models import Maker
from marketplace.matters import services
from marketplace.matters.kinds import kind_of
from marketplace.matters.models import Matter
from marketplace.matters.rules import DAYS_TO_APPEAL
from marketplace.suspicion.matter import signs_of

MATTERS_A_PAGE = 20


def _own(maker: Maker, pk: int) -> Matter:
    return get_object_or_404(Matter.objects.select_related("appeal_of", "appeal"), pk=pk, maker=maker)


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """All of one's matters."""
    page = Paginator(matters_of(maker), MATTERS_A_PAGE).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    context = {"maker": maker, "page": page, "page_numbers": numbers, "matters": rows(page.object_list)}
    return render(request, "desks/matters.html", context)


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One matter; 404 for another maker's."""
    return _page(request, maker, _own(maker, pk))


@require_POST
@for_maker
def answer(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """The maker's word before the decision."""
    matter, form = _own(maker, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, maker, matter, answering=form, status=422)
    try:
        services.answer(matter=matter, by=request.user, text=form.cleaned_data["text"])
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, maker, matter, answering=form, status=422)
    messages.success(request, _("Your answer is with the officers."))
    return redirect("desks:matter", pk=matter.pk)


@require_POST
@for_maker
def appeal(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Ask for another pair of eyes; once, within the days for it."""
    matter, form = _own(maker, pk), AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, maker, matter, appealing=form, status=422)
    try:
        again = services.appeal(matter=matter, by=request.user, text=form.cleaned_data["text"])
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, maker, matter, appealing=form, status=422)
    messages.success(request, _("Your appeal is with another officer."))
    return redirect("desks:matter", pk=again.pk)


def _page(
    request: HttpRequest,
    maker: Maker,
    matter: Matter,
    *,
    answering: Form | None = None,
    appealing: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    state, state_class = state_of(matter)
    context = {
        "maker": maker,
        "matter": matter,
        "kind": kind_of(matter).name,
        "state": state,
        "state_class": state_class,
        "told": told(matter),
        "signs": signs_of(matter),
        "steps": steps_of(matter, reader=request.user),  # type: ignore[arg-type]
        "until": last_day_to_appeal(matter),
        "days": DAYS_TO_APPEAL,
        "again": getattr(matter, "appeal", None),
        "answering": answering or AnswerForm(auto_id="answer_%s"),
        "appealing": appealing or AppealForm(auto_id="appeal_%s"),
    }
    return render(request, "desks/matter.html", context, status=status)
