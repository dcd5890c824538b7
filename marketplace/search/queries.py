"""Finding works. Only those are found of which an offer may lawfully be sold today; nothing a reader types is an error."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.core.cache import caches

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.money import TOMAN
from marketplace.crafts.models import Craft, CraftGroup, Named
from marketplace.makers.models import Maker
from marketplace.places.models import City
from marketplace.search.cursors import BEGINNING, Place, read_cursor, write_cursor
from marketplace.search.engines import answering
from marketplace.search.engines.base import DEEPEST, FACETS, MOST_VALUES_SHOWN, SORT_KEYS, Found, Plan
from marketplace.search.keyboard import other_layouts
from marketplace.search.prices import PriceAsked, read_price
from marketplace.search.spelling import Dictionary, corrected, words_of_works
from marketplace.search.terms import known
from marketplace.search.words import MOST_LETTERS_OF_QUERY, Word, query_words, split, stem

MOST_PER_PAGE = 200
#: Works offered where none has all words.
MOST_NEAR = 6
_MOST_VALUES_CHOSEN = 50
_DEAREST_RIAL = 10**15


@dataclass(frozen=True)
class SearchRequest:
    """What a reader asks. Prices in rial; facet values are slugs; `cursor` comes from the page before."""

    text: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    sort: str = "relevance"
    limit: int = 24
    cursor: str = ""
    language: str = "fa"
    #: facets of which values are counted
    counted: tuple[str, ...] = FACETS
    #: the unit of a price that is said without one, and whether a price in words is taken for words
    unit: str = TOMAN
    literal: bool = False


@dataclass(frozen=True)
class FacetCount:
    """One value of a facet, how many works it would show, and whether it is chosen."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchPage:
    """One page. `read_as` is what the text was taken for when nothing has its words as they are typed, else empty; `price` is what the text
    said of a price. Of an empty page `near` are works that have all of the words but one.
    """

    ids: list[int]
    total: int
    facets: dict[str, list[FacetCount]]
    next_cursor: str = ""
    read_as: str = ""
    near: tuple[int, ...] = ()
    price: PriceAsked | None = None


NOTHING = SearchPage([], 0, {})


@dataclass(frozen=True)
class Suggestion:
    """Something to offer while a reader types: a craft group, craft, city, maker or venue (by slug), or a work (by id)."""

    kind: str
    value: str
    text: str


#: Puts a plan to an engine; None when none can answer.
Ask = Callable[[Plan], Found | None]


def ask_engines(plan: Plan) -> Found | None:
    """The answer of the first engine that has one. What was asked some seconds ago is not asked again."""
    answers, key = caches["answers"], sha256(repr(plan).encode()).hexdigest()
    known: Found | None = answers.get(key)
    if known is None:
        known = answering(lambda engine: engine.search(plan))
        if known is not None:
            answers.set(key, known)
    return known


def find(
    request: SearchRequest, ask: Ask = ask_engines, words: Callable[[], Dictionary] = words_of_works
) -> SearchPage:
    """One page of works. An unknown facet, sort or cursor is passed over; without an index the page is empty.

    A price said in the text narrows as a typed one would. Where nothing is found the text is read otherwise: as typed on the other
    keyboard, then with the nearest words that stand on works (`words`).
    """
    price = None if request.literal else read_price(request.text, request.unit)
    if price:
        request = _priced(request, price)
    page = _page(request, request.text, ask)
    if page is None:
        return NOTHING
    if not page.total and request.text.strip():
        page = _read_otherwise(request, page, ask, words)
    return replace(page, price=price)


def _priced(request: SearchRequest, price: PriceAsked) -> SearchRequest:
    """The request with the price out of its text; bounds that were typed as such stay."""
    return replace(
        request,
        text=price.rest,
        price_min=price.rial_from if request.price_min is None else request.price_min,
        price_max=price.rial_to if request.price_max is None else request.price_max,
    )


def _read_otherwise(request: SearchRequest, empty: SearchPage, ask: Ask, words: Callable[[], Dictionary]) -> SearchPage:
    text = request.text.strip()[:MOST_LETTERS_OF_QUERY]
    nearer = corrected(text, words(), known())
    for meant in filter(None, (*other_layouts(text), nearer)):
        page = _page(request, meant, ask)
        if page and page.total:
            return replace(page, read_as=meant)
    near = _page(replace(request, limit=MOST_NEAR, cursor=""), nearer or text, ask, spared=1)
    return replace(empty, near=tuple(near.ids)) if near else empty


def _page(request: SearchRequest, text: str, ask: Ask, *, spared: int = 0) -> SearchPage | None:
    """The page for a text; None when no engine can answer. `spared` words need not match, of two or more."""
    plan = _plan(request, text)
    if text.strip() and not plan.words:
        return NOTHING
    if spared:
        if len(plan.needed) <= spared:
            return NOTHING
        plan = replace(plan, least=len(plan.needed) - spared)
    found = ask(plan)
    if found is None:
        return None
    limit = plan.limit - 1
    return SearchPage(found.ids[:limit], found.total, _facet_counts(found, plan), _next_cursor(plan, found, limit))


def _plan(request: SearchRequest, text: str) -> Plan:
    words = tuple(query_words(text))
    sort = _sort(request, words)
    place = read_cursor(request.cursor, sort) or BEGINNING
    limit = max(1, min(request.limit, MOST_PER_PAGE))
    return Plan(
        words=words,
        facets={name: _chosen(values) for name, values in request.facets.items() if name in FACETS and values},
        price_min=_bounded(request.price_min),
        price_max=_bounded(request.price_max),
        sort=sort,
        limit=limit + 1,  # the one too many tells that another page follows
        offset=min(place.offset, DEEPEST - limit - 1),
        after=place.after,
        day=today(),
        counted=request.counted,
    )


def settled_sort(request: SearchRequest) -> str:
    """The order a request will be answered in: without words nothing is more relevant, so the newest come first."""
    price = None if request.literal else read_price(request.text, request.unit)
    return _sort(request, tuple(query_words(price.rest if price else request.text)))


def _sort(request: SearchRequest, words: tuple[Word, ...]) -> str:
    return request.sort if request.sort in SORT_KEYS or (request.sort == "relevance" and words) else "newest"


def _chosen(values: tuple[str, ...]) -> tuple[str, ...]:
    """Values as an index can hold them: no lone surrogates or control characters, and not without end."""
    whole = (
        str(value)[:200].encode("utf-8", "ignore").decode().replace("\0", "") for value in values[:_MOST_VALUES_CHOSEN]
    )
    return tuple(dict.fromkeys(whole))


def _bounded(rial: int | None) -> int | None:
    return None if rial is None else max(0, min(int(rial), _DEAREST_RIAL))


def _facet_counts(found: Found, plan: Plan) -> dict[str, list[FacetCount]]:
    """Every facet, largest counts first; what is chosen stays in the list, with zero if need be."""
    shown = {}
    for name in plan.counted:
        counted = dict.fromkeys(plan.facets.get(name, ()), 0) | found.counts.get(name, {})
        chosen = set(plan.facets.get(name, ()))
        ordered = sorted(counted.items(), key=lambda pair: (pair[0] not in chosen, -pair[1], pair[0]))
        shown[name] = [FacetCount(value, count, value in chosen) for value, count in ordered[:MOST_VALUES_SHOWN]]
    return shown


def _next_cursor(plan: Plan, found: Found, limit: int) -> str:
    if len(found.ids) <= limit:
        return ""
    if plan.key:
        return write_cursor(plan.sort, Place(after=found.keys[limit - 1]))
    reached = plan.offset + limit
    return write_cursor(plan.sort, Place(offset=reached)) if reached + limit < DEEPEST else ""


#: What is suggested beside works, by facet: the first named are offered first.
_SUGGESTED: dict[str, type[Named]] = {"craft": Craft, "city": City, "group": CraftGroup, "maker": Maker, "venue": Venue}
_MOST_SUGGESTED_NAMES = 4


def suggest(text: str, limit: int = 8, language: str = "fa") -> list[Suggestion]:
    """What a reader may be about to type: names that stand on works that can be bought, then such works. Six queries at most."""
    if not text.strip():
        return []
    page = find(SearchRequest(text=text, limit=max(1, limit), language=language, counted=tuple(_SUGGESTED)))
    wanted = [stem(word) for word in split(page.read_as or text)]
    suggestions = [name for kind in _SUGGESTED for name in _names(kind, page, wanted, language)][:_MOST_SUGGESTED_NAMES]
    return (suggestions + _titles(page.ids, language))[:limit]


def _names(kind: str, page: SearchPage, wanted: list[str], language: str) -> list[Suggestion]:
    slugs = [count.value for count in page.facets.get(kind, [])]
    if not slugs:
        return []
    things = {thing.slug: thing for thing in _SUGGESTED[kind]._default_manager.filter(slug__in=slugs)}
    likely = [things[slug] for slug in slugs if slug in things and _begins(things[slug], wanted)]
    return [Suggestion(kind, thing.slug, thing.name_en if language == "en" else thing.name_fa) for thing in likely]


def _begins(thing: Named, wanted: list[str]) -> bool:
    """Whether each word typed begins a word of one of the thing's names."""
    words = split(f"{thing.name_fa} {thing.name_en}")
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _titles(ids: list[int], language: str) -> list[Suggestion]:
    titles = {
        pk: (title, title_en)
        for pk, title, title_en in Product.objects.filter(pk__in=ids).values_list("pk", "title", "title_en")
    }
    named = [(pk, (titles[pk][1] if language == "en" else "") or titles[pk][0]) for pk in ids if pk in titles]
    return [Suggestion("work", str(pk), title) for pk, title in named]
