"""A route as GPX 1.1, which phones and navigators read."""

from gpxpy import gpx

from marketplace.maps.journeys import Journey

CONTENT_TYPE = "application/gpx+xml"


def gpx_of(whole: Journey, *, name: str, description: str, link: str) -> str:
    """The stops as waypoints and, in their order, as a route. A stop without a position is named in the description only."""
    document = gpx.GPX()
    document.name, document.description, document.link = name, description, link
    document.creator = "Rasteh"
    way = gpx.GPXRoute(name=name, description=description)
    for number, stop in enumerate(whole.stops, 1):
        if stop.is_placed:
            title = f"{number}. {stop.name}"
            document.waypoints.append(gpx.GPXWaypoint(stop.latitude, stop.longitude, name=title))
            way.points.append(gpx.GPXRoutePoint(stop.latitude, stop.longitude, name=title))
    document.routes.append(way)
    return document.to_xml(version="1.1")
