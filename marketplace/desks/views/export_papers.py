"""Papers of a consignment as files, in both languages, and the dossier with what is missing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.desks.access import for_exporter
from marketplace.desks.views.export_show import own, page_of
from marketplace.export.missing import missing
from marketplace.export.models import Exporter
from marketplace.export.papers import files
from marketplace.export.papers.facts import facts_of
from marketplace.export.papers.paper import KINDS, TITLES, is_there, paper

KIND = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}


@require_safe
@for_exporter
def every(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """The papers there are, and what is missing."""
    consignment = own(exporter, number)
    facts = facts_of(consignment)
    context = {
        **page_of(request, consignment),
        "facts": facts,
        "papers": [(kind, TITLES[kind], is_there(kind, facts)) for kind in KINDS],
        "missing": missing(consignment, facts, on=today()),
    }
    return render(request, "desks/export/papers.html", context)


@require_safe
@for_exporter
def file(request: HttpRequest, exporter: Exporter, number: str, name: str, ending: str) -> HttpResponse:
    """One paper in the reader's language; the data and the dossier have both."""
    consignment = own(exporter, number)
    facts = facts_of(consignment)
    language = (get_language() or "fa")[:2]
    if (name, ending) == ("consignment", "json"):
        return _sent(files.as_json(facts), f"{number}.json", ending)
    if (name, ending) == ("dossier", "zip"):
        return _sent(files.dossier(facts, missing(consignment, facts, on=today())), f"{number}.zip", ending)
    if (name, ending) == ("marks", "pdf") and facts.parcels:
        return _sent(files.marks_pdf(facts, language=language), f"marks-{number}.pdf", ending)
    if not is_there(name, facts) or ending not in ("pdf", "xlsx"):
        raise Http404
    made = paper(name, facts, language=language)
    content = files.as_pdf(made) if ending == "pdf" else files.as_xlsx(made)
    return _sent(content, f"{name}-{number}-{language}.{ending}", ending)


def _sent(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KIND[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
