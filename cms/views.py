"""A city's address: its page from the tree, or, where nobody wrote one, what the market knows and an invitation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail import hooks
from wagtail.views import serve_chain

from cms.city_page import context_of
from cms.front_cache import kept
from cms.models import CityPage
from marketplace.places.models import City


@kept
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """The live page of the city in the language of the address. 404 for a city nobody knows."""
    page = (
        CityPage.objects.live()
        .filter(city__slug=slug, locale__language_code=request.LANGUAGE_CODE)
        .select_related("city__province", "city__secretariat", "picture", "locale")
        .first()
    )
    if page is not None:
        return _served(request, page)
    found = get_object_or_404(City.objects.select_related("province", "secretariat"), slug=slug)
    return render(request, "cms/city.html", context_of(request, found, None))


def _served(request: HttpRequest, page: CityPage) -> HttpResponse:
    """As Wagtail serves a page it found by its own address: a page that is kept private asks first."""
    answer_of = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        answer_of = wrap(answer_of)
    for ask in hooks.get_hooks("before_serve_page"):
        answer = ask(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return answer_of(page, request, [], {})
