"""Papers that a maker sends in: a production licence, documents of an origin."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.desks.access import for_maker
from marketplace.desks.forms.papers import LicenceForm, OriginForm
from marketplace.desks.papers import drop_papers
from marketplace.desks.sending import SENT, ask_origin_once, origin_matter, send_licence_once
from marketplace.desks.views.works import own_work
from marketplace.makers.models import Maker


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def licence(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Send a production licence in; it counts once an officer has compared it with the paper."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LicenceForm(*posted, maker=maker, user=request.user, initial={"craft_group": request.GET.get("group", "")})
    held = maker.licences.select_related("craft_group").order_by("-expires_on")
    if not posted or not form.is_valid():
        context = {"maker": maker, "form": form, "licences": held}
        return render(request, "desks/licence_send.html", context, status=422 if posted else 200)
    matter, new = send_licence_once(maker=maker, token=form.cleaned_data["token"], facts=form.facts())
    if not new:
        drop_papers(form.uploaded)
    messages.success(request, SENT)
    return redirect("desks:matter", pk=matter.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def origin(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Ask an officer to verify the origin of one's work; while a question waits, more documents can be added to it."""
    work = own_work(maker, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OriginForm(*posted, user=request.user)
    if not posted or not form.is_valid():
        context = {
            "maker": maker,
            "work": work,
            "form": form,
            "waiting": origin_matter(work),
            "documents": work.origin_documents.all(),
        }
        return render(request, "desks/origin_ask.html", context, status=422 if posted else 200)
    matter, new = ask_origin_once(
        maker=maker,
        token=form.cleaned_data["token"],
        work=work,
        text=form.cleaned_data["text"],
        documents=form.documents(),
    )
    if not new:
        drop_papers(form.uploaded)
    messages.success(request, _("Your question and your documents are with an officer; you get a message."))
    return redirect("desks:matter", pk=matter.pk)
