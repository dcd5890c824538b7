"""What a place on a map must say before it is shown."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the models ask these rules
    from marketplace.places.models import Spot

#: Degrees within which every place of Iran lies.
SOUTH, NORTH, WEST, EAST = 24, 40, 44, 64


def require_whole_position(spot: "Spot") -> None:
    """A position has both its figures and lies in Iran, or is unknown. Swapped figures are the usual slip."""
    if spot.latitude is None and spot.longitude is None:
        return
    if spot.latitude is None or spot.longitude is None:
        raise ValidationError(_("Give both latitude and longitude, or neither."), code="half_position")
    if not (SOUTH <= spot.latitude <= NORTH and WEST <= spot.longitude <= EAST):
        raise ValidationError(
            _("This position is not in Iran: latitude is 24 to 40 degrees, longitude 44 to 64."), code="outside_iran"
        )


def require_source(spot: "Spot") -> None:
    """Nothing invented is shown as real."""
    if not spot.is_demo and not spot.source:
        raise ValidationError(_("Name the source of this place, or mark it as demo."), code="no_source")


def require_same_city(spot: "Spot") -> None:
    """The maker or venue that stands there is of the same city."""
    for there in (spot.maker, spot.venue):
        if there is not None and there.city_id != spot.city_id:
            raise ValidationError(_("%(name)s is of another city."), code="other_city", params={"name": there.name})


def require_one_place(stop: Any) -> None:
    """A stop is a place of the map, or a point with a name and a position of its own; never both and never nothing."""
    own = bool(stop.name_fa or stop.name_en) or stop.latitude is not None or stop.longitude is not None
    if stop.spot is not None and own:
        raise ValidationError(_("Choose a place of the map or describe another point, not both."), code="two_places")
    if stop.spot is None and not ((stop.name_fa or stop.name_en) and stop.latitude is not None):
        raise ValidationError(
            _("Choose a place of the map, or give another point its name and position."), code="no_place"
        )
