"""Search: words and facets, all of them in the address."""

from dataclasses import asdict
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.money import unit_word
from marketplace.crafts.models import CraftGroup
from marketplace.search import ranking
from marketplace.search.prices import PriceAsked
from marketplace.search.queries import SearchPage, SearchRequest, find
from marketplace.search.words import query_words
from marketplace.shop.address import Address, read_address
from marketplace.shop.facets import Chip, readable
from marketplace.shop.queries import found
from marketplace.shop.suggestions import KEPT, SECONDS, TooManyTexts, offered
from marketplace.ui.cards import cards
from marketplace.ui.preferences import chosen_unit
from marketplace.ui.templatetags.rasteh import grouped, money

PAGE = 24
CONSOLATION = 3


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The works an address asks for, with the facets that narrow them further."""
    address = read_address(request.GET)
    unit = address.unit if "unit" in request.GET else chosen_unit(request)
    page = _found(address, request.LANGUAGE_CODE, unit)
    facets, chosen = readable(page.facets, address)
    chips = chosen + _price_chips(address)
    context = {
        "crumbs": [(_("All works"), "")],
        "not_indexed": bool(address.text or chips or address.cursor),
        "address": address,
        "query": address.text,
        "sort": address.sort,
        "cards": cards(page.ids or _consolation(page, request)),
        "total": page.total,
        "read_as": page.read_as,
        "marks": tuple(query_words(page.read_as or (page.price.rest if page.price else address.text))),
        "price_read": _price_read(page.price, address, unit) if page.price else None,
        "near": bool(page.near),
        "facets": facets,
        "chips": chips,
        "sorts": _sorts(address),
        "more": address.query(cursor=page.next_cursor) if page.next_cursor else "",
        "without_chips": address.query(facets={}, price_min=None, price_max=None),
        "price_unit": address.unit if address.price_min or address.price_max else chosen_unit(request),
    }
    if not page.total:
        context["groups"] = CraftGroup.objects.all()
    response = render(request, "shop/search.html", context)
    if request.htmx and not address.cursor:  # the form sends its empty fields too; the reader's address leaves them out
        response["HX-Push-Url"] = request.path + (
            address.query() if address.text or address.narrows or address.sort else ""
        )
    return response


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Names and works that begin like the text `q`, each with its kind and address, and a sentence that says how many."""
    try:
        lines = offered(
            request.GET.get("q", ""), language=request.LANGUAGE_CODE, address=request.META.get("REMOTE_ADDR", "")
        )
    except TooManyTexts:
        return JsonResponse({"suggestions": [], "told": ""}, status=429, headers={"Retry-After": str(SECONDS)})
    response = JsonResponse({"suggestions": [asdict(line) for line in lines], "told": _told(len(lines))})
    patch_cache_control(response, private=True, max_age=KEPT)
    return response


@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """Why works stand in this order: the same figures that the engines read."""
    places = {
        "head": _("In the first word of a work’s name"),
        "title": _("In its name"),
        "names": _("In its craft, place, maker or material"),
        "text": _("Anywhere on its page"),
    }
    rows = [(places[place], _points(whole), _points(begun)) for place, (whole, begun) in ranking.WORTH.items()]
    gains = {"seal": _points(ranking.SEAL), "master": _points(ranking.MASTER), "ready": _points(ranking.READY)}
    context = {"rows": rows, "gains": gains, "kin": grouped(round(ranking.KIN * 100))}
    crumbs = [(_("All works"), reverse("shop:search")), (_("Why in this order"), "")]
    return render(request, "shop/search_order.html", context | {"crumbs": crumbs})


def _points(points: float) -> str:
    return grouped(Decimal(f"{points:g}"))


def _told(count: int) -> str:
    """For readers who hear the page: how many suggestions opened below the search box."""
    words = ngettext("%(number)s suggestion", "%(number)s suggestions", count)
    return words % {"number": grouped(count)} if count else ""


def _found(address: Address, language: str, unit: str) -> SearchPage:
    return find(
        SearchRequest(
            text=address.text,
            facets=address.facets,
            price_min=address.in_rial(address.price_min),
            price_max=address.in_rial(address.price_max),
            sort=address.order,
            limit=PAGE,
            cursor=address.cursor,
            language=language,
            unit=unit,
            literal=address.literal,
        )
    )


def _price_read(price: PriceAsked, address: Address, unit: str) -> dict[str, str]:
    """What was taken for a price, the bounds it was taken for, the unit where none was named, and the address that takes it for words."""
    return {
        "said": price.said,
        "bounds": " ".join(
            words % {"price": money(rial)}
            for words, rial in ((_("from %(price)s"), price.rial_from), (_("up to %(price)s"), price.rial_to))
            if rial is not None
        ),
        "unit": "" if price.names_unit else unit_word(unit, language=get_language() or "fa"),
        "undo": address.query(literal=True),
    }


def _consolation(page: SearchPage, request: HttpRequest) -> list[int]:
    """Where nothing was found, works that have nearly all the words, else the newest; nothing after the last page."""
    if page.near:
        return list(page.near)
    return [] if page.total else found(request.LANGUAGE_CODE, limit=CONSOLATION).ids


def _sorts(address: Address) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is this one) of every order that makes sense here."""
    names = {"relevance": _("Best match")} if address.text else {}
    names |= {"newest": _("Newest"), "price": _("Lowest price"), "-price": _("Highest price")}
    return [(name, address.query(sort=sort), sort == address.order) for sort, name in names.items()]


def _price_chips(address: Address) -> list[Chip]:
    chips = []
    if address.price_min is not None:
        chips.append((_("from %(price)s"), address.price_min, "price_min"))
    if address.price_max is not None:
        chips.append((_("up to %(price)s"), address.price_max, "price_max"))
    return [
        Chip(words % {"price": money(address.in_rial(price))}, address.query(**{name: None}))
        for words, price, name in chips
    ]
