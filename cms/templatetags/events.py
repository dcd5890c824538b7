"""Events on pages that other rooms draw, and the address by which a calendar subscribes."""

from typing import Any

from django import template
from django.utils.translation import get_language

from cms.events import queries
from cms.events.agenda import coming, shown
from cms.front_cache import depends_on
from marketplace.crafts.models import Craft
from marketplace.found.addresses import base_of, whole

register = template.Library()

#: Events on a craft's page.
MOST = 4


@register.simple_tag(takes_context=True)
def webcal(context: template.Context, path: str) -> str:
    """The address under the scheme by which calendar programs subscribe."""
    request = context.get("request")
    return (
        whole(base_of(request), path).replace("http", "webcal", 1).replace("webcals:", "webcal:") if request else path
    )


@register.inclusion_tag("cms/parts/craft_events.html", takes_context=True)
def craft_events(context: template.Context, craft: Craft) -> dict[str, Any]:
    """What takes place next for a craft, and its calendar; nothing where there is nothing. At most six queries."""
    depends_on("events")
    pages = queries.happenings((get_language() or "fa")[:2], craft=craft)
    times = [shown(timed) for timed in coming(pages, MOST)]
    return {"times": times, "craft": craft, "request": context.get("request")}
