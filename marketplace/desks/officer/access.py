"""Who stands at the officer's desk: whoever may decide matters. The second factor is asked for by `core.middleware`."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from marketplace.core.models import User

MAY_DECIDE = "matters.decide_matter"


def for_officer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """403 for a signed-in person without the permission; others are asked to sign in."""
    return login_required(wraps(view)(permission_required(MAY_DECIDE, raise_exception=True)(view)))


def may_decide(user: User | AnonymousUser) -> bool:
    """Whether a person has a place at this desk."""
    return user.has_perm(MAY_DECIDE)


def officers():
    """Everybody a matter can be given to, by name."""
    return User.objects.with_perm(MAY_DECIDE).order_by("last_name", "first_name", "username")


def officer_name(user: User | None) -> str:
    """How an officer is named to officers."""
    return (user.get_full_name() or user.get_username()) if user is not None else ""
