"""Where a door leads on to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest) -> str:
    """The `next` that a door was asked for, if it is within the market; else nothing."""
    target = request.POST.get("next", request.GET.get("next", ""))
    hosts = {request.get_host()}
    return (
        target
        if url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure())
        else ""
    )
