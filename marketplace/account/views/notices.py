"""How notices come: the choice in one's settings, and the link in a mail that ends such mails without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from marketplace.account.forms import NoticesForm
from marketplace.core.models import User
from marketplace.core.notice_groups import GROUPS, choose_ways, read_word, turn_off_mail


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """The ways of each group, and which groups always come."""
    user = User.objects.get(pk=request.user.pk)
    form = NoticesForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        choose_ways(user=user, ways=form.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return redirect("account:notices")
    context = {"form": form, "always": [group for group in GROUPS if group.is_always]}
    return render(request, "account/notices.html", context, status=422 if form.errors else 200)


@csrf_exempt  # a mail program posts it for its reader (RFC 8058); the signed word is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, word: str) -> HttpResponse:
    """Say what a link turns off, and turn it off on a press only: programs that look into mails open every link."""
    try:
        user, group = read_word(word)
    except BadSignature:
        raise Http404 from None
    if request.method == "POST":
        turn_off_mail(user=user, group=group)
    return render(request, "account/unsubscribe.html", {"group": group, "is_off": request.method == "POST"})
