"""Messages of the market to whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.models import Notice
from marketplace.core.notices import in_language
from marketplace.desks.access import maker_of

NOTICES_A_PAGE = 20


@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """One's messages, newest first, each leading to the page in the reader's own language."""
    page = Paginator(Notice.objects.filter(user=request.user), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "fa"
    context = {
        "maker": maker_of(request.user),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "notices": [(one, in_language(one.link, language)) for one in page.object_list],
    }
    return render(request, "desks/notices.html", context)


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of one's messages as read; 404 for another's."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("desks:notices")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of one's messages as read."""
    Notice.objects.filter(user=request.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("desks:notices")
