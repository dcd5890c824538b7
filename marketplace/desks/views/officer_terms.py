"""Terms of search, as officers keep them: what readers type and what it means; a change counts with the next search."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.desks.officer.access import for_officer
from marketplace.search.models import SearchTerm
from marketplace.search.terms import meanings_in_tables

#: Terms shown at once, the first by their spelling; a filter finds the rest.
MOST_SHOWN = 200


class TermForm(forms.ModelForm):
    """A term; what the rules refuse is said at its field."""

    class Meta:
        model = SearchTerm
        fields = ("term", "means", "is_ignored")
        labels = {"is_ignored": gettext_lazy("Search for it as it is written")}
        widgets = {name: forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}) for name in ("term", "means")}


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def every(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The officers' terms, a form for one more or for one of them, and what the market came with for a text."""
    kept = get_object_or_404(SearchTerm, pk=pk) if pk else None
    form = TermForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("“%(term)s” counts from the next search on.") % {"term": saved.term})
        return redirect("desks:officer-terms")
    asked = request.GET.get("q", "")[:80]
    context = {
        "form": form,
        "kept": kept,
        "terms": SearchTerm.objects.all()[:MOST_SHOWN],
        "asked": asked,
        "came_with": meanings_in_tables(asked) if asked else None,
    }
    return render(request, "desks/officer/terms.html", context, status=422 if form.errors else 200)


@require_POST
@for_officer
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a term back: what the market came with counts again."""
    term = get_object_or_404(SearchTerm, pk=pk)
    term.delete()
    messages.success(request, _("“%(term)s” is taken back.") % {"term": term.term})
    return redirect("desks:officer-terms")
