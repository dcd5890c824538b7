"""What a secretariat published of its city: the page of a version, its paper, and the versions before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.found.heads import Head, Shared
from marketplace.secretariats.models import ReportVersion


@require_safe
def show(request: HttpRequest, slug: str, kind: str, year: int, number: int) -> HttpResponse:
    """One published version, word for word as it was published."""
    found = get_object_or_404(
        ReportVersion.objects.select_related("report__secretariat__city"),
        report__secretariat__city__slug=slug,
        report__kind=kind,
        report__year=year,
        number=number,
    )
    city, words = found.report.secretariat.city, found.words
    versions = list(found.report.versions.defer("content").select_related("report__secretariat__city"))
    context = {
        "crumbs": [(city.name, city.get_absolute_url()), (_("Reports"), ""), (words["title"], "")],
        "version": found,
        "words": words,
        "versions": versions,
        "is_newest": versions[0].number == found.number,
        "newest": versions[0],
        "found_head": Head((), Shared(words["title"], words["summary"])),
    }
    return render(request, "shop/report.html", context)
