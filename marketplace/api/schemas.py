"""The shape of what goes out and of what may be asked. Prices in rial, lengths in millimetres, weights in grams."""

from datetime import date
from typing import Literal

from ninja import Field, Schema

Language = Literal["fa", "en"]


class Listing(Schema):
    """What every list can be asked."""

    limit: int = Field(24, ge=1, le=100)
    cursor: str = Field("", description="next_cursor of the page before")
    lang: Language = Field("fa", description="language of names, texts and addresses")


class WorksQuery(Listing):
    q: str = Field("", description="words, Persian or Latin; all must match, the last may be unfinished")
    group: list[str] = Field([], description="craft groups by slug; repeat a parameter for any of several values")
    craft: list[str] = []
    city: list[str] = []
    province: list[str] = []
    maker: list[str] = []
    maker_kind: list[str] = []
    seal: list[str] = Field([], description="seal schemes in force today")
    venue: list[str] = Field([], description="venues where the work may be sold today")
    material: list[str] = []
    origin: list[Literal["domestic", "foreign", "unproven", "disputed"]] = []
    one_of_a_kind: list[Literal["yes"]] = []
    ready: list[Literal["yes"]] = []
    price_min: int | None = Field(None, ge=0, le=10**15, description="rial, included")
    price_max: int | None = Field(None, ge=0, le=10**15, description="rial, included")
    sort: Literal["relevance", "newest", "price", "-price"] = "relevance"


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] | None = None


class Named(Schema):
    slug: str
    name: str


class Seal(Named):
    number: str
    valid_until: date


class Picture(Schema):
    url: str
    width: int
    height: int
    sizes: dict[str, str] = Field(description="width in pixels → address")
    alt: str
    is_demo: bool = Field(description="drawn by computer for the demo")


class Work(Schema):
    id: int
    url: str
    title: str
    title_en: str
    craft: Named
    craft_group: Named
    city: Named | None
    province: Named | None
    maker: Named
    price_rial: int | None = Field(description="the lowest lawful offer today; null when there is none")
    seals: list[Seal]
    origin_state: str = Field(description="domestic, foreign, unproven or disputed, today")
    venues: list[Named] = Field(description="where it may be sold today, besides its maker's workshop")
    picture: Picture | None
    is_demo: bool


class Offer(Schema):
    venue: Named | None = Field(description="null: the maker's workshop")
    price_rial: int
    pieces: int


class WorkInFull(Work):
    description: str
    technique: str
    materials: list[Named]
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    weight_grams: int | None
    hours: int | None
    one_of_a_kind: bool
    made_to_order: bool
    lead_days: int
    origin_country: str
    origin_basis: str
    pictures: list[Picture]
    offers: list[Offer]


class Maker(Named):
    url: str
    kind: str
    is_master: bool
    city: Named
    province: Named
    crafts: list[Named]
    works: int
    is_demo: bool


class Licence(Schema):
    craft_group: Named
    kind: str
    valid_until: date
    is_demo: bool


class MakerInFull(Maker):
    story: str
    licences: list[Licence] = Field(description="production licences in force today")


class Venue(Named):
    url: str
    kind: str
    city: Named
    province: Named
    is_planned: bool
    is_open: bool = Field(description="something may be sold here today")
    is_bound: bool = Field(description="Iranian works only, today")
    is_demo: bool


class City(Named):
    url: str
    kind: str
    province: Named
    rank: str
    rank_year: int | None = Field(description="Jalali")
    crafts: list[Named]
    latitude: float | None
    longitude: float | None


class Craft(Named):
    url: str
    group: Named


class _Page(Schema):
    total: int
    next_cursor: str | None


class Works(_Page):
    items: list[Work]


class Makers(_Page):
    items: list[Maker]


class Venues(_Page):
    items: list[Venue]


class Cities(_Page):
    items: list[City]


class Crafts(_Page):
    items: list[Craft]
