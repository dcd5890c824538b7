"""A day's route as schema.org's TouristTrip."""

from collections.abc import Iterable
from typing import Protocol

from marketplace.found.addresses import whole
from marketplace.found.selling import Node
from marketplace.found.structured import city_node, told
from marketplace.places.models import City


class Place(Protocol):
    """What is known of a stop."""

    @property
    def name(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def trip_node(name: str, address: str, *, base: str, text: str, stops: Iterable[Place], city: City | None) -> Node:
    """The stops in their order, each with its place on earth where it is known."""
    steps = [{"@type": "ListItem", "position": number, "item": _place(stop)} for number, stop in enumerate(stops, 1)]
    return told(
        {
            "@type": "TouristTrip",
            "name": name,
            "description": text,
            "url": whole(base, address),
            "itinerary": {"@type": "ItemList", "numberOfItems": len(steps), "itemListElement": steps},
            "touristType": "Cultural tourism",
            "about": city_node(city, base=base) if city else None,
        }
    )


def _place(stop: Place) -> Node:
    node: Node = {"@type": "Place", "name": stop.name}
    if stop.latitude is not None and stop.longitude is not None:
        node["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": f"{stop.latitude:.5f}",
            "longitude": f"{stop.longitude:.5f}",
        }
    return node
