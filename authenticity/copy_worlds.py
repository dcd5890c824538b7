"""Worlds for the simulation of copies: what is assumed about pieces, people, networks and copiers. None of it was measured."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class World:
    """Assumptions. Rates are a year's, shares of 1, times days, unless the name says otherwise."""

    name: str = "as assumed"
    #: A piece's way to its owner.
    activated: float = 0.6
    dispatched: float = 0.5
    mistyped: float = 0.1
    gave_up: float = 0.02
    #: Who looks at a genuine piece.
    owner_looks: float = 2.0
    household: int = 2
    household_looks: float = 1.0
    visitors: float = 1.5
    visitors_on_home_network: float = 0.5
    gatherings: float = 0.15
    gathering_guests: int = 8
    resold: float = 0.04
    resale_looks: int = 5
    museum_shop: float = 0.05
    museum_looks_a_day: float = 1.0
    shop_looks_a_day: float = 0.02
    shown_in_public: float = 0.005
    public_looks_a_day: float = 0.3
    genuine_doubts: float = 0.001
    #: What tells people apart. A network is half an internet address: mobile ones are shared by the country, home ones by a city.
    cities: int = 60
    home_networks_of_a_city: int = 6
    mobile_networks: int = 40
    on_mobile: float = 0.6
    device_lost: float = 0.2
    one_city: bool = False
    #: What copiers do.
    source_owned: float = 0.7
    sold_over_days: int = 180
    first_looks: float = 1.0
    first_looks_days: int = 14
    later_looks: float = 0.5
    tries: float = 0.3
    doubts: float = 0.05


WORLDS = (
    World(),
    World(name="device hash lost at each look", device_lost=1.0),
    World(name="all copies in the owner's city", one_city=True, mobile_networks=8),
    World(name="a third of the looks at copies", first_looks=0.33, later_looks=0.17),
    World(name="copies sold over two years", sold_over_days=730),
    World(name="nobody tries to activate or reports", tries=0.0, doubts=0.0),
    World(name="four times the visitors", visitors=6.0, gatherings=0.6),
    World(
        name="all of these together",
        device_lost=1.0,
        one_city=True,
        mobile_networks=8,
        first_looks=0.33,
        later_looks=0.17,
        sold_over_days=730,
        tries=0.0,
        doubts=0.0,
        visitors=6.0,
        gatherings=0.6,
    ),
)


def differences(world: World) -> dict[str, object]:
    """What a world assumes otherwise than the first."""
    first = WORLDS[0]
    every = {field.name: getattr(world, field.name) for field in fields(World) if field.name != "name"}
    return {name: value for name, value in every.items() if value != getattr(first, name)}
