"""The read API: works, makers, venues, cities, crafts. Everything is public, nothing is written."""

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import NinjaAPI, Query
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from marketplace.api import queries, schemas, shapes
from marketplace.api.pages import bad_cursor, page_by_slug
from marketplace.api.problems import MEDIA_TYPE, answer_with_problems
from marketplace.api.throttle import PerAddress
from marketplace.core.clock import today
from marketplace.search.cursors import read_cursor
from marketplace.search.engines.base import FACETS
from marketplace.search.queries import SearchRequest, find, settled_sort

LISTED = {422: schemas.Problem, 429: schemas.Problem, 500: schemas.Problem}
ONE = LISTED | {404: schemas.Problem}


#: A larger id fits no column.
LARGEST_ID = 2**63 - 1


class ReadableJSON(JSONRenderer):
    """Persian letters as they are: half the bytes."""

    json_dumps_params = {"ensure_ascii": False}


class MarketAPI(NinjaAPI):
    """Ninja's, with the media type of problems told as it is, and short names for the operations."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **more) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


api = MarketAPI(
    title="Rasteh",
    version="1",
    description="Works of Iranian handicrafts, their makers and the places that sell them. Only works are listed of which an offer may "
    "lawfully be sold today. Prices in rial.",
    docs_url=None,
    renderer=ReadableJSON(),
    urls_namespace="api",
    throttle=PerAddress(),
)
answer_with_problems(api)


@api.get("/works", response={200: schemas.Works, **LISTED}, url_name="works", tags=["works"])
def works(request: HttpRequest, asked: Query[schemas.WorksQuery]):
    """Works by words and facets. By relevance the list ends after 10,000 works; the other orders have no end."""
    wanted = SearchRequest(
        text=asked.q,
        facets={name: tuple(getattr(asked, name)) for name in FACETS if hasattr(asked, name)},
        price_min=asked.price_min,
        price_max=asked.price_max,
        sort=asked.sort,
        limit=asked.limit,
        cursor=asked.cursor,
        language=asked.lang,
        counted=(),
    )
    if read_cursor(asked.cursor, settled_sort(wanted)) is None:
        raise bad_cursor()
    page = find(wanted)
    with translation.override(asked.lang):
        items = [shapes.work(record) for record in queries.work_records(page.ids, today())]
    return schemas.Works(items=items, total=page.total, next_cursor=page.next_cursor or None)


@api.get("/works/{int:pk}", response={200: schemas.WorkInFull, **ONE}, url_name="work", tags=["works"])
def work(request: HttpRequest, pk: int, lang: schemas.Language = "fa"):
    """One work, also when no offer of it may be sold today."""
    records = queries.work_records([pk], today()) if pk <= LARGEST_ID else []
    if not records:
        raise Http404
    with translation.override(lang):
        return shapes.work_in_full(records[0])


@api.get("/makers", response={200: schemas.Makers, **LISTED}, url_name="makers", tags=["people and places"])
def makers(request: HttpRequest, asked: Query[schemas.Listing]):
    """Makers by slug."""
    page = page_by_slug(queries.makers(), limit=asked.limit, cursor=asked.cursor)
    with translation.override(asked.lang):
        items = [shapes.maker(one) for one in page.things]
    return schemas.Makers(items=items, total=page.total, next_cursor=page.next_cursor)


@api.get(
    "/makers/{slug:slug}", response={200: schemas.MakerInFull, **ONE}, url_name="maker", tags=["people and places"]
)
def maker(request: HttpRequest, slug: str, lang: schemas.Language = "fa"):
    """One maker with the production licences in force today."""
    one = queries.makers_with_licences(today()).filter(slug=slug).first()
    if one is None:
        raise Http404
    with translation.override(lang):
        return shapes.maker_in_full(one)


@api.get("/venues", response={200: schemas.Venues, **LISTED}, url_name="venues", tags=["people and places"])
def venues(request: HttpRequest, asked: Query[schemas.Listing]):
    """Venues by slug; `is_bound` tells whether only Iranian works may be sold there today."""
    page = page_by_slug(queries.venues(), limit=asked.limit, cursor=asked.cursor)
    with translation.override(asked.lang):
        items = [shapes.venue(one, today()) for one in page.things]
    return schemas.Venues(items=items, total=page.total, next_cursor=page.next_cursor)


@api.get("/cities", response={200: schemas.Cities, **LISTED}, url_name="cities", tags=["people and places"])
def cities(request: HttpRequest, asked: Query[schemas.Listing]):
    """Cities and villages of craft by slug."""
    page = page_by_slug(queries.cities(), limit=asked.limit, cursor=asked.cursor)
    with translation.override(asked.lang):
        items = [shapes.city(one) for one in page.things]
    return schemas.Cities(items=items, total=page.total, next_cursor=page.next_cursor)


@api.get("/crafts", response={200: schemas.Crafts, **LISTED}, url_name="crafts", tags=["people and places"])
def crafts(request: HttpRequest, asked: Query[schemas.Listing]):
    """Crafts by slug, each with its group."""
    page = page_by_slug(queries.crafts(), limit=asked.limit, cursor=asked.cursor)
    with translation.override(asked.lang):
        items = [shapes.craft(one) for one in page.things]
    return schemas.Crafts(items=items, total=page.total, next_cursor=page.next_cursor)
