"""A manager's floor: the plan of stalls, their leases, and rent. What is another venue's does not exist here: 404."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.desks.access import for_maker, maker_of
from marketplace.desks.floor import LISTED, floor_of, late_of, leases_of, stalls_held
from marketplace.desks.forms.stalls import EndForm, LeaseForm, PaymentForm, StallForm, TenantForm
from marketplace.desks.ladder import ladders_of
from marketplace.desks.queries import venues_managed
from marketplace.makers.models import Maker
from marketplace.rents.models import Rent
from marketplace.rents.services import record_payment, take_back_payment
from marketplace.stalls.models import Lease, Stall
from marketplace.stalls.services import end_lease, let_stall, put_stall


def _venue(request: HttpRequest, slug: str) -> Venue:
    return get_object_or_404(venues_managed(request.user), slug=slug)  # type: ignore[arg-type]


def _lease(request: HttpRequest, pk: int) -> Lease:
    """A lease of a venue that the person manages."""
    mine = Lease.objects.filter(stall__venue__in=request.user.venues.all())  # type: ignore[union-attr]
    return get_object_or_404(leases_of(mine, on=today()), pk=pk)


@require_safe
@login_required
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan, and the same in a table."""
    venue = _venue(request, slug)
    floor, only = floor_of(venue, on=today()), request.GET.get("only", "")
    context = {
        "maker": maker_of(request.user),
        "venue": venue,
        "floor": floor,
        "listed": floor.listed(only, on=today()),
        "only": only if only in LISTED else "",
        "lists": [(key, words) for key, words in LISTED.items()],
    }
    return render(request, "desks/stalls/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Put a stall on the plan, or move it."""
    venue = _venue(request, slug)
    stall = get_object_or_404(Stall, venue=venue, pk=pk) if pk else None
    kept = {name: getattr(stall, name) for name in StallForm.base_fields} if stall else None
    form = StallForm(request.POST or None, venue=venue, stall=stall, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            put_stall(form.told())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The plan is stored."))
            return redirect("desks:stalls", slug)
    context = {"maker": maker_of(request.user), "venue": venue, "stall": stall, "form": form}
    return render(request, "desks/stalls/edit.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def show(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A stall, who holds it, and who held it."""
    venue = _venue(request, slug)
    stall = get_object_or_404(Stall, venue=venue, pk=pk)
    leases = leases_of(stall.leases.all(), on=today())
    context = {"maker": maker_of(request.user), "venue": venue, "stall": stall, "leases": leases, "day": today()}
    return render(request, "desks/stalls/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def let(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a stall: first who, by `?tenant=`, then for what, how long and how much."""
    venue = _venue(request, slug)
    stall = get_object_or_404(Stall, venue=venue, pk=pk)
    asked = TenantForm(request.GET if "tenant" in request.GET else None)
    context = {"maker": maker_of(request.user), "venue": venue, "stall": stall, "asked": asked}
    if not asked.is_valid():
        return render(request, "desks/stalls/let.html", context, status=422 if asked.errors else 200)
    tenant = asked.cleaned_data["tenant"]
    form = LeaseForm(request.POST or None, tenant=tenant)
    if request.method == "POST" and form.is_valid():
        try:
            lease = let_stall(stall=stall, tenant=tenant, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The stall is let."))
            return redirect("desks:lease", lease.pk)
    context |= {"tenant": tenant, "form": form}
    return render(request, "desks/stalls/let.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def lease(request: HttpRequest, pk: int) -> HttpResponse:
    """A lease and the rent of its months."""
    return _lease_page(request, _lease(request, pk))


def _lease_page(request: HttpRequest, held: Lease, wrong: tuple[int, PaymentForm] | None = None) -> HttpResponse:
    day = today()
    rents = list(held.rents.order_by("-month"))
    forms = {rent.pk: PaymentForm(auto_id=f"id_{rent.pk}_%s") for rent in rents if not rent.paid_on}
    if wrong:
        forms[wrong[0]] = wrong[1]
    context = {
        "maker": maker_of(request.user),
        "venue": held.stall.venue,
        "lease": held,
        "day": day,
        "rows": [(rent, forms.get(rent.pk)) for rent in rents],
        "late": late_of(rents, on=day),
        "runs": held.last_on >= day,
    }
    return render(request, "desks/stalls/lease.html", context, status=422 if wrong else 200)


@require_POST
@login_required
def pay(request: HttpRequest, pk: int, rent: int) -> HttpResponse:
    """Record that a month was paid to the venue."""
    held = _lease(request, pk)
    month = get_object_or_404(Rent, lease=held, pk=rent)
    form = PaymentForm(request.POST, auto_id=f"id_{month.pk}_%s")
    if form.is_valid():
        try:
            record_payment(rent=month, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The payment is recorded."))
            return redirect("desks:lease", held.pk)
    return _lease_page(request, held, (month.pk, form))


@require_POST
@login_required
def unpay(request: HttpRequest, pk: int, rent: int) -> HttpResponse:
    """Take a payment back that was recorded by mistake."""
    held = _lease(request, pk)
    try:
        take_back_payment(rent=get_object_or_404(Rent, lease=held, pk=rent), by=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The payment was taken back."))
    return redirect("desks:lease", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a lease before its day."""
    held = _lease(request, pk)
    form = EndForm(request.POST or None, initial={"last_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_lease(lease=held, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error("because" if error.code == "reason_required" else None, error)
        else:
            messages.success(request, _("The lease is ended."))
            return redirect("desks:lease", held.pk)
    context = {"maker": maker_of(request.user), "venue": held.stall.venue, "lease": held, "form": form}
    return render(request, "desks/stalls/end.html", context, status=422 if form.errors else 200)


@require_safe
@for_maker
def mine(request: HttpRequest, maker: Maker) -> HttpResponse:
    """A tenant's own stalls, their trade and their rent."""
    day = today()
    leases = stalls_held(maker, on=day)
    ladders = ladders_of(leases, on=day)
    for held in leases:
        held.ladders = ladders[held.pk]  # type: ignore[attr-defined]
    late = late_of((rent for one in leases for rent in one.months), on=day)  # type: ignore[attr-defined]
    return render(request, "desks/stalls/mine.html", {"maker": maker, "leases": leases, "late": late, "day": day})
