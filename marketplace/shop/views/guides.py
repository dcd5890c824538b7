"""Guides for makers, managers and exporters: a list, a page each, and a paper of two pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.shop.guide_paper import guide_pdf
from marketplace.shop.guides import NAMES, Guide, guide_of, guides


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All of them. No query."""
    return render(request, "shop/guides.html", {"guides": guides(), "crumbs": [(_("Guides"), "")]})


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One, step by step, with its pictures. No query."""
    guide = _found(name)
    language = get_language() or "fa"
    steps = [
        {
            "title": step.title,
            "text": step.text,
            "link": reverse(step.route) if step.route else "",
            "picture": step.picture.file(language) if step.picture else "",
            "alt": step.picture.alt if step.picture else "",
        }
        for step in guide.steps
    ]
    crumbs = [(_("Guides"), reverse("shop:guides")), (str(guide.title), "")]
    return render(request, "shop/guide.html", {"guide": guide, "steps": steps, "crumbs": crumbs})


@require_safe
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """The same as two pages to print, in the language of the address."""
    guide = _found(name)
    answer = HttpResponse(guide_pdf(guide.name, get_language() or "fa"), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="guide-{guide.name}.pdf"'
    return answer


def _found(name: str) -> Guide:
    if name not in NAMES:
        raise Http404
    return guide_of(name)
