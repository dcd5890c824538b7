"""Pages of text: what the market is, and how to use it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Rasteh is, and the rule it keeps."""
    return render(request, "shop/about.html", {"crumbs": [(_("About Rasteh"), "")]})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Questions of buyers and makers."""
    return render(request, "shop/help.html", {"crumbs": [(_("Help"), "")]})
