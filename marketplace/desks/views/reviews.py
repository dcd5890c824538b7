"""Reviews of a maker's works, each to be answered once; and the officer's page, where one is hidden with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.officer.access import for_officer
from marketplace.makers.models import Maker
from marketplace.reviews.forms import ReplyForm
from marketplace.reviews.models import Review
from marketplace.reviews.queries import reviews_for
from marketplace.reviews.services import answer_review, hide_review

A_PAGE = 20


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """What was said of one's works, unanswered first."""
    return _page(request, reviews_for(maker), {"maker": maker, "act": "desks:review-answer"})


@require_POST
@for_maker
def answer(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Answer a review of one's own work, once."""
    review = get_object_or_404(Review, pk=pk, work__maker=maker)
    form = ReplyForm(request.POST)
    _do(request, form, lambda text: answer_review(review=review, text=text), _("Your answer stands below the review."))
    return redirect("desks:reviews")


@require_safe
@for_officer
def for_officers(request: HttpRequest) -> HttpResponse:
    """All reviews, newest first, those that were hidden with their reason."""
    found = Review.objects.select_related("work", "hidden_by").order_by("-pk")
    return _page(request, found, {"act": "desks:review-hide", "is_officer": True})


@require_POST
@for_officer
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a review with a reason, which its writer reads."""
    review = get_object_or_404(Review, pk=pk)
    form = ReplyForm(request.POST)
    said = _("The review is hidden, and its writer was told why.")
    _do(request, form, lambda text: hide_review(review=review, by=request.user, because=text), said)  # type: ignore[arg-type]
    return redirect("desks:officer-reviews")


def _do(request: HttpRequest, form: ReplyForm, verb, said: str) -> None:
    if not form.is_valid():
        messages.error(request, _("Write a few words."))
        return
    try:
        verb(form.cleaned_data["text"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)


def _page(request: HttpRequest, reviews, more: dict) -> HttpResponse:
    page = Paginator(reviews, A_PAGE).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    return render(request, "desks/reviews.html", {"page": page, "page_numbers": numbers, **more})
