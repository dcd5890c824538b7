"""Reviews that a buyer owes, and those they wrote. Another person's line or review is not found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.checkout.models import Purchase
from marketplace.core.clock import now
from marketplace.core.throttle import throttle
from marketplace.order.models import Line
from marketplace.reviews import rules
from marketplace.reviews.forms import ReviewForm
from marketplace.reviews.models import Review
from marketplace.reviews.queries import owed_by, written_by
from marketplace.reviews.services import change_review, write_review

OWED, WRITTEN_A_PAGE = 50, 20


@never_cache
@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """What arrived and waits for a review, and what was written."""
    page = Paginator(written_by(request.user), WRITTEN_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "owed": [(line, line.product.origin_work) for line in owed_by(request.user)[:OWED]],
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "written": [(one, _may_change(one)) for one in page.object_list],
    }
    return render(request, "account/reviews.html", context)


def _may_change(review: Review) -> bool:
    try:
        rules.require_changeable(review, at=now())
    except ValidationError:
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@throttle("review", limit=30, seconds=3600)
def write(request: HttpRequest, line: int) -> HttpResponse:
    """Review a line of one's own order."""
    lines = Line.objects.filter(order__user=request.user, product__isnull=False)
    mine = get_object_or_404(lines.select_related("order", "product__parent"), pk=line)
    form = ReviewForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            write_review(line=mine, by=request.user, words=form.words, place=_city_of(mine), photos=form.photos)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. Your review stands on the page of the work."))
            return redirect("account:reviews")
    return _form_page(request, form, mine.product.origin_work)


def _city_of(line: Line) -> str:
    """The city that the piece was sent to: all that "a buyer from" tells."""
    address = Purchase.objects.filter(order=line.order_id).values_list("address", flat=True).first() or {}
    return str(address.get("city", ""))[:80]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@throttle("review", limit=30, seconds=3600)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own review, for thirty days."""
    mine = get_object_or_404(Review.objects.select_related("work"), pk=pk, by=request.user)
    known = {"stars": mine.stars, "text": mine.text, "shown_as": mine.shown_as, "name": mine.name}
    form = ReviewForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=known)
    if form.is_bound and form.is_valid():
        try:
            change_review(review=mine, words=form.words, photos=form.photos)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your review is changed."))
            return redirect("account:reviews")
    return _form_page(request, form, mine.work)


def _form_page(request: HttpRequest, form: ReviewForm, work) -> HttpResponse:
    context = {"form": form, "work": work}
    return render(request, "account/review.html", context, status=422 if form.errors else 200)
