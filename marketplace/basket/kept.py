"""Works kept for later: the first of a person's lists. A guest's wish waits in the session until they sign in."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from catalogue.models import Product
from marketplace.core.models import User
from marketplace.wishlists.models import Line as KeptLine
from marketplace.wishlists.queries import is_listed
from marketplace.wishlists.services import kept_list, put_on_list

WISH = "work_to_keep"


def is_kept(user: User, work: Product) -> bool:
    """Whether a person keeps a work, on whichever list."""
    return is_listed(user, work)


def keep_work(*, user: User, work: Product) -> None:
    """Keep a work for later, unless one of one's lists has it. Raises ValidationError when the list is full."""
    if not is_kept(user, work):
        put_on_list(wishes=kept_list(user), work=work)


def let_go(*, user: User, work_id: int) -> bool:
    """Take a work off one's list of what is kept for later. Returns whether it was there."""
    gone, _each = KeptLine.objects.filter(wishlist__owner=user, wishlist__is_kept=True, product_id=work_id).delete()
    return gone > 0


def remember_wish(request: HttpRequest, work: Product) -> None:
    """A guest's wish; it is kept once they sign in."""
    request.session[WISH] = work.pk


def keep_remembered(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Receiver of `user_logged_in`: keeps what the guest wished for."""
    wished = request.session.pop(WISH, None) if hasattr(request, "session") else None
    work = Product.objects.filter(pk=wished, is_public=True, parent__isnull=True).first() if wished else None
    if work is None:
        return
    try:
        keep_work(user=user, work=work)
    except ValidationError:
        return  # a full list is no reason not to sign in
