"""A manager's report of a month or season of a venue. What is another venue's does not exist here: 404."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.desks.access import maker_of
from marketplace.seasons.figures import figures_of
from marketplace.seasons.files import as_pdf, as_xlsx
from marketplace.seasons.plots import plots
from marketplace.seasons.spans import SEASON, Span, parse_span, span_of
from marketplace.seasons.tables import sections
from marketplace.ui.preferences import current_unit

#: Months that can be chosen from the list; older ones are reached by stepping back.
MONTHS, SEASONS = 24, 8


@require_safe
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a span (`?of=1405-08`, `?of=1405-s3`); of this month where none is named."""
    venue = get_object_or_404(request.user.venues.all(), slug=slug)  # type: ignore[union-attr]
    span, day = _asked(request), today()
    figures = figures_of(venue, span, on=day)
    drawn = plots(figures)
    context = {
        "maker": maker_of(request.user),
        "venue": venue,
        "span": span,
        "runs": not span.is_over(day),
        "day": day,
        "total": figures["sales"]["total"],
        "stalls": figures["stalls"],
        "rents": figures["rents"]["total"],
        "sections": [(one, drawn.get(one.key)) for one in sections(figures, unit=current_unit())],
        "after": span.after if span.after.has_begun(day) else None,
        "choices": choices(span),
    }
    return render(request, "desks/seasons/report.html", context)


@require_safe
@login_required
def file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The same report as a spreadsheet or a paper."""
    if ending not in KINDS:
        raise Http404
    venue = get_object_or_404(request.user.venues.all(), slug=slug)  # type: ignore[union-attr]
    span, day = _asked(request), today()
    write, kind = KINDS[ending]
    response = HttpResponse(write(figures_of(venue, span, on=day), on=day), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="report-{venue.pk}-{span.code}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


KINDS = {
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (as_pdf, "application/pdf"),
}


def _asked(request: HttpRequest) -> Span:
    code = request.GET.get("of")
    if not code:
        return span_of(today())
    try:
        span = parse_span(code)
    except ValueError:
        raise Http404 from None
    if not span.has_begun(today()):
        raise Http404
    return span


def choices(chosen: Span) -> dict[str, list[Span]]:
    """Months and seasons to choose from, newest first, the chosen one always among them."""
    return {
        "months": _back(chosen, span_of(today()), MONTHS),
        "seasons": _back(chosen, span_of(today(), SEASON), SEASONS),
    }


def _back(chosen: Span, newest: Span, number: int) -> list[Span]:
    spans = [newest]
    while len(spans) < number:
        spans.append(spans[-1].before)
    return spans if chosen in spans or chosen.kind != newest.kind else [*spans, chosen]
