"""The jury's desk: panels one sits on, a dossier without a name, one's own points. What one does not sit on is not there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.desks import jury
from marketplace.desks.forms.jury import ScoresForm
from marketplace.juries.models import Seat
from marketplace.juries.services import hand_in, open_seats


@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """Panels that are open, where one has a seat."""
    rows = [(seat, jury.craft_of(seat.panel)) for seat in open_seats(request.user)]
    return render(request, "desks/jury/every.html", {"rows": rows})


def _own(request: HttpRequest, pk: int) -> Seat:
    return get_object_or_404(open_seats(request.user).prefetch_related("scores"), panel=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier, and the form that hands one's points in, once."""
    seat = _own(request, pk)
    form = ScoresForm(request.POST if request.method == "POST" else None, panel=seat.panel)
    if request.method == "POST" and form.is_valid():
        try:
            hand_in(panel=seat.panel, juror=request.user, points=form.points(), remark=form.cleaned_data["remark"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your points are handed in. Thank you."))
            return redirect("desks:jury-panel", pk=pk)
    context = {
        "seat": seat,
        "craft": jury.craft_of(seat.panel),
        "works": jury.works_of(seat.panel),
        "papers": jury.papers_of(seat.panel),
        "points": jury.points_of(seat),
        "form": form,
    }
    return render(request, "desks/jury/panel.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def paper(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A paper of the dossier, for who sits on the panel, under a name that tells nothing."""
    found = jury.open_paper(_own(request, pk).panel, number)
    if found is None:
        raise Http404
    file, name = found
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
