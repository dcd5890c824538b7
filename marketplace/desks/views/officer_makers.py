"""A maker as officers know them: what was decided, and the production licences, which are renewed and revoked here."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.desks.forms.joining import StateForm
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.before import Before, before_of
from marketplace.desks.officer.forms import LicenceChangeForm
from marketplace.desks.officer.services import change_licence
from marketplace.desks.seals import grants_of
from marketplace.desks.views.officer_confirm import confirmed
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.ui.templatetags.rasteh import grouped, jalali


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The maker's licences and past; a POST previews, then makes, a change of a licence."""
    someone = get_object_or_404(Maker.objects.select_related("city__province", "owner"), slug=slug)
    before = before_of(someone, on=today())
    if request.method != "POST":
        return _page(request, before, LicenceChangeForm(licences=before.licences))
    form = LicenceChangeForm(request.POST, licences=before.licences)
    if not form.is_valid():
        return _page(request, before, form, status=422)
    return _change(request, before, form)


def _change(request: HttpRequest, before: Before, form: LicenceChangeForm) -> HttpResponse:
    wanted = form.change()
    number = wanted["licence"].pk

    def act() -> int:
        licence = ProductionLicence.objects.select_related("maker__owner").get(pk=number)
        change_licence(by=request.user, **wanted | {"licence": licence})
        return Product.objects.filter(maker=before.maker, parent=None).domestic_on(today()).count()

    domestic = Product.objects.filter(maker=before.maker, parent=None).domestic_on(today()).count()
    words = {"number": wanted["licence"].number, "day": jalali(form.cleaned_data["on"])}
    heading = (
        _("Revoke licence %(number)s from %(day)s")
        if "revoked_on" in wanted
        else _("Renew licence %(number)s until %(day)s")
    )
    back = reverse("desks:officer-maker", args=[before.maker.slug])
    told = confirmed(
        request,
        form,
        act,
        heading=heading % words,
        lines=lambda seen: [_origins(domestic, seen.result), _("The maker reads: %(reason)s") % wanted],
        back=back,
    )
    if told is None:
        return _page(request, before, form, status=422)
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, _("The licence is changed."))
    return redirect(back)


def _origins(before: int, after: int) -> str:
    """How many works gain or lose their Iranian origin."""
    if after == before:
        return _("No work changes its origin.")
    lost = ngettext(
        "The origin of %(count)s work is no longer proven.",
        "The origin of %(count)s works is no longer proven.",
        before - after,
    )
    won = ngettext("%(count)s work is Iranian by it.", "%(count)s works are Iranian by it.", after - before)
    return (lost if after < before else won) % {"count": grouped(abs(after - before))}


def maker_page(request: HttpRequest, someone: Maker, state_form: StateForm) -> HttpResponse:
    """The page with a form of the state that was refused, as it was sent."""
    before = before_of(someone, on=today())
    return _page(request, before, LicenceChangeForm(licences=before.licences), status=422, state_form=state_form)


def _page(
    request: HttpRequest,
    before: Before,
    form: LicenceChangeForm,
    *,
    status: int = 200,
    state_form: StateForm | None = None,
) -> HttpResponse:
    someone = before.maker
    if state_form is None and someone.has_joined and someone.owner_id != request.user.pk:
        state_form = StateForm(state=someone.state)
    states = Product.objects.filter(maker=before.maker, parent=None).order_by().values_list("origin_state")
    context = {
        "someone": before.maker,
        "before": before,
        "form": form,
        "state_form": state_form,
        "state_steps": someone.state_steps.select_related("by"),
        "states": [(Product.Origin(state).label, many) for state, many in states.annotate(Count("pk"))],
        "seals": grants_of(before.maker, on=today()),
        "permits": before.maker.import_permits.order_by("-id"),
        "day": today(),
    }
    return render(request, "desks/officer/maker.html", context, status=status)
