"""Pages of text: what the market is, and how to use it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.basket.promises import CONFIRM_DAYS
from marketplace.checkout.terms import OF_DAY
from marketplace.order.rules import COMPLAINT_DAYS, WITHDRAWAL_DAYS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Rasteh is, and the rule it keeps."""
    return render(request, "shop/about.html", {"crumbs": [(_("About Rasteh"), "")]})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Questions of buyers and makers."""
    return render(request, "shop/help.html", {"crumbs": [(_("Help"), "")]})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What is accepted with every payment; its figures are those that the rules go by."""
    figures = {
        "of_day": OF_DAY,
        "minutes": settings.RESERVATION_MINUTES,
        "confirm_days": CONFIRM_DAYS,
        "withdrawal_days": WITHDRAWAL_DAYS,
        "complaint_days": COMPLAINT_DAYS,
    }
    return render(request, "shop/terms.html", {"crumbs": [(_("Terms of sale"), "")], **figures})
