"""The maker's desk, and the door to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.clock import today
from marketplace.desks.access import maker_of, may_pay
from marketplace.desks.forms.makers import BecomeMakerForm
from marketplace.desks.matters import matters_of, rows
from marketplace.desks.officer.access import may_decide
from marketplace.desks.queries import orders_of, work_rows, works_of
from marketplace.desks.services import become_maker
from marketplace.export.queries import exporter_of
from marketplace.makers.models import Maker

WORKS_A_PAGE = 20
LATEST_ORDERS = 5
LATEST_MATTERS = 5
LATEST_DRAFTS = 10


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A maker's works; a venue manager is shown their venues; anyone else, how one becomes a maker."""
    maker = maker_of(request.user)
    if maker:
        return _desk(request, maker)
    if request.user.venues.exists():
        return redirect("desks:venue")
    if may_decide(request.user):
        return redirect("desks:officer")
    if may_pay(request.user):
        return redirect("desks:payouts")
    if exporter_of(request.user):
        return redirect("desks:consignments")
    return render(request, "desks/become.html", {"form": BecomeMakerForm()})


def _desk(request: HttpRequest, maker: Maker) -> HttpResponse:
    day = today()
    page = Paginator(works_of(maker), WORKS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": work_rows(page.object_list, on=day),
        "drafts": list(maker.drafts.unfinished().annotate(picture_count=Count("pictures"))[:LATEST_DRAFTS]),
        "orders": orders_of(maker)[:LATEST_ORDERS],
        "matters": rows(matters_of(maker)[:LATEST_MATTERS]),
        "licences": list(maker.licences.valid_on(day).select_related("craft_group")),
    }
    return render(request, "desks/home.html", context)


@require_POST
@login_required
def become(request: HttpRequest) -> HttpResponse:
    """Become a maker; what was typed stays when something is wrong."""
    form = BecomeMakerForm(request.POST)
    if not form.is_valid():
        return render(request, "desks/become.html", {"form": form}, status=422)
    maker = become_maker(user=request.user, **form.cleaned_data)
    if maker.has_joined:
        return redirect("desks:home")
    messages.success(request, _("Welcome, %(name)s. This is your checklist.") % {"name": maker.name})
    return redirect("desks:join")
