"""What machines read of a page: schema.org nodes, made here and nowhere else.

A page passes what it has read already, so no query is asked for them. Whatever is not known is left out; nothing is guessed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from authenticity.models import SealGrant
from catalogue.models import Material, Product
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Named
from marketplace.found.addresses import whole
from marketplace.found.delivery import shipping_nodes
from marketplace.found.selling import COUNTRY, SCHEMA, Node, maker_node, offer_node
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord
from marketplace.places.models import City
from marketplace.ui.cards import Card, Picture, origin_label

#: Units of UN/CEFACT, as schema.org wants them.
MILLIMETRE, GRAM = "MMT", "GRM"


def work_node(
    work: Product,
    *,
    base: str,
    on: date,
    description: str,
    offers: Iterable[StockRecord],
    pictures: Iterable[Picture],
    seals: Iterable[SealGrant],
    materials: Iterable[Material],
) -> Node:
    """A work as a Product, or as a ProductGroup of those of its variants that are offered."""
    address = whole(base, work.get_absolute_url())
    node: Node = {
        "@type": "Product",
        "@id": f"{address}#work",
        "url": address,
        "name": work.name,
        "sku": str(work.pk),
        "description": description or work.name,
        "image": [whole(base, picture.full) for picture in pictures],
        "material": [material.name for material in materials],
        "category": work.craft.name if work.craft else "",
        **_measures(work),
        **_made_by(work, base),
        **_origin(work, on),
        "hasCertification": [certification_node(grant) for grant in seals],
    }
    priced = [(offer, offer_node(offer, work, base=base, shipping=_shipping(offer, on))) for offer in offers]
    if work.is_parent:
        node |= _variants(work, priced)
    else:
        node["offers"] = [offer for _record, offer in priced]
    return told(node)


def _shipping(offer: StockRecord, on: date) -> list[Node]:
    return shipping_nodes(offer, offer.product, on=on)


def _variants(work: Product, priced: list[tuple[StockRecord, Node]]) -> Node:
    variants: dict[int, Node] = {}
    for record, offer in priced:
        variant = variants.setdefault(
            record.product_id,
            {"@type": "Product", "name": record.product.name, "sku": str(record.product_id), "offers": []},
        )
        variant["offers"].append(offer)
    return {"@type": "ProductGroup", "productGroupID": str(work.pk), "hasVariant": list(variants.values())}


def _measures(work: Product) -> Node:
    sides = {"depth": work.length_mm, "width": work.width_mm, "height": work.height_mm}
    found = {name: _quantity(value, MILLIMETRE) for name, value in sides.items() if value}
    if work.weight_grams:
        found["weight"] = _quantity(work.weight_grams, GRAM)
    return found


def _quantity(value: int, unit: str) -> Node:
    return {"@type": "QuantitativeValue", "value": value, "unitCode": unit}


def _made_by(work: Product, base: str) -> Node:
    """A maker of a foreign work is its seller only, and so is no brand of it."""
    if work.maker is None or work.stated_origin == Product.Origin.FOREIGN:
        return {}
    maker = maker_node(work.maker, base=base)
    return {"brand": {"@type": "Brand", "name": maker["name"], "url": maker["url"]}, "manufacturer": maker}


def _origin(work: Product, on: date) -> Node:
    """A country only where it is proven or declared foreign; else what readers are told of it."""
    state, label = origin_label(work, on)
    country = COUNTRY if not state else work.origin_country if state == Product.Origin.FOREIGN else ""
    found: Node = {"countryOfOrigin": {"@type": "Country", "name": country.upper()}} if country else {}
    if label:
        found["additionalProperty"] = [{"@type": "PropertyValue", "name": _("Origin"), "value": label}]
    return found


def certification_node(grant: SealGrant) -> Node:
    """A seal in force."""
    node = {
        "@type": "Certification",
        "name": grant.scheme.name,
        "issuedBy": {"@type": "Organization", "name": _body(grant)},
        "certificationIdentification": grant.number,
        "validFrom": grant.valid_from.isoformat(),
        "expires": grant.valid_until.isoformat(),
        "certificationStatus": SCHEMA + "CertificationActive",
    }
    return node | {"description": _("demo")} if grant.is_demo else node


def _body(grant: SealGrant) -> str:
    scheme = grant.scheme
    return scheme.body_en if (get_language() or "fa").startswith("en") else scheme.body_fa


def breadcrumbs(crumbs: list[tuple[str, str]], *, base: str, home: str, here: str) -> Node:
    """The way from the first page to this one; the last crumb is the page itself."""
    way = [(_("Home"), home), *crumbs[:-1], (crumbs[-1][0], here)]
    return {"@type": "BreadcrumbList", "itemListElement": _items((name, whole(base, path)) for name, path in way)}


def home_nodes(*, base: str, home: str, search: str, language: str) -> list[Node]:
    """The market, and its search box."""
    market = {"@type": "Organization", "@id": f"{base}/#market", "name": _("Rasteh"), "url": whole(base, home)}
    site = {
        "@type": "WebSite",
        "name": _("Rasteh"),
        "url": whole(base, home),
        "inLanguage": language,
        "publisher": {"@id": market["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": whole(base, search) + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }
    return [market, site]


def list_node(name: str, cards: Iterable[Card], *, base: str, about: Node | None = None) -> Node:
    """A page of works: what it is about, and the works it shows, in their order."""
    works = _items((card.title, whole(base, card.url)) for card in cards)
    listed = {"@type": "ItemList", "itemListElement": works, "numberOfItems": len(works)} if works else None
    return told({"@type": "CollectionPage", "name": name, "about": about, "mainEntity": listed})


def city_node(city: City, *, base: str) -> Node:
    """A city or village with its province; its place on earth where it is known."""
    province = {"@type": "AdministrativeArea", "name": city.province.name}
    node: Node = {
        "@type": "City" if city.kind == City.Kind.CITY else "Place",
        "name": city.name,
        "url": whole(base, city.get_absolute_url()),
        "containedInPlace": province,
    }
    if city.latitude is not None and city.longitude is not None:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": str(city.latitude), "longitude": str(city.longitude)}
    return node


def craft_node(thing: Named) -> Node:
    """A craft or a group of crafts."""
    return {"@type": "DefinedTerm", "name": thing.name, "termCode": thing.slug}


def maker_of_page(maker: Maker, *, base: str) -> Node:
    """A maker with the city."""
    where = {"@type": "PostalAddress", "addressLocality": maker.city.name, "addressCountry": COUNTRY}
    return maker_node(maker, base=base) | {"address": where}


def venue_node(venue: Venue, *, base: str, is_open: bool) -> Node:
    """A venue; a shop only while something may be sold there."""
    where = {"@type": "PostalAddress", "addressLocality": venue.city.name, "addressCountry": COUNTRY}
    kind = "Store" if is_open and not venue.is_planned else "Place"
    return {"@type": kind, "name": venue.name, "url": whole(base, venue.get_absolute_url()), "address": where}


def _items(pairs: Iterable[tuple[str, str]]) -> list[Node]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(pairs, start=1)
    ]


def told(node: dict[str, Any]) -> Node:
    """A node without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
