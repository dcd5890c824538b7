"""A proforma as the buyer abroad reads and accepts it. Its address cannot be guessed; whoever has it may read."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.clock import today
from marketplace.core.throttle import throttle
from marketplace.export.models import Consignment
from marketplace.export.papers.facts import digest_of, facts_of
from marketplace.export.services import accept

State = Consignment.State


class AcceptForm(forms.Form):
    """The name of whoever accepts."""

    name = forms.CharField(
        label=_("Your full name"), max_length=120, widget=forms.TextInput({"autocomplete": "name", "dir": "auto"})
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttle("proforma", limit=20, seconds=3600)
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Read it; accept it by name. A draft is not there yet."""
    found = Consignment.objects.exclude(state=State.DRAFT).select_related("exporter__user", "carrier")
    consignment = get_object_or_404(found, key=key)
    if consignment.state == State.CANCELLED:
        raise Http404
    facts = facts_of(consignment)
    digest = digest_of(facts)
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"seen": digest})
    if request.method == "POST" and form.is_valid():
        try:
            accept(consignment=consignment, **form.cleaned_data)
        except ValidationError as error:
            form = AcceptForm({"name": form.cleaned_data["name"], "seen": digest})
            form.full_clean()
            form.add_error(None, error)
        else:
            return redirect("shop:proforma", key)
    language = (get_language() or "fa")[:2]
    context = {
        "consignment": consignment,
        "facts": facts,
        "items": [
            (item, item.title.of(language), item.maker.of(language), item.city.of(language)) for item in facts.items
        ],
        "seller": facts.seller.name.of(language),
        "seller_address": facts.seller.address.of(language),
        "country": facts.buyer.country.of(language),
        "is_open": consignment.state == State.OFFERED and consignment.valid_until >= today(),
        "form": form,
    }
    return render(request, "shop/proforma.html", context, status=422 if form.errors else 200)
