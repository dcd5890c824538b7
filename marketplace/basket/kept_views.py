"""The post that keeps a work for later; the lists themselves stand in a person's own room."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.models import Product
from marketplace.basket.kept import keep_work, remember_wish


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a work; a guest signs in first, and comes back with it kept."""
    work = get_object_or_404(Product, pk=pk, is_public=True, parent__isnull=True)
    if not request.user.is_authenticated:
        remember_wish(request, work)
        messages.info(request, _("Sign in, and “%(work)s” is kept for you.") % {"work": work.name})
        return redirect(f"{reverse('shop:sign-in')}?{urlencode({'next': work.get_absolute_url()})}")
    try:
        keep_work(user=request.user, work=work)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(work)s” is kept for you.") % {"work": work.name})
    return redirect(work)
