"""Works kept for later: one list a person, in Oscar's wish lists. A guest's wish waits in the session until they sign in."""

from django.db import transaction
from django.http import HttpRequest
from oscar.apps.wishlists.models import Line as KeptLine
from oscar.apps.wishlists.models import WishList

from catalogue.models import Product
from marketplace.core.models import User

WISH = "work_to_keep"


def kept_lines(user: User):
    """What a person kept, newest first; works that are hidden or gone are left out."""
    return (
        KeptLine.objects.filter(wishlist__owner=user, product__is_public=True)
        .select_related(
            *(
                f"product__{name}"
                for name in ("maker", "craft", "craft__group", "city", "city__province", "product_line")
            )
        )
        .order_by("-pk")
    )


def is_kept(user: User, work: Product) -> bool:
    """Whether a person keeps a work."""
    return KeptLine.objects.filter(wishlist__owner=user, product=work).exists()


@transaction.atomic
def keep_work(*, user: User, work: Product) -> None:
    """Keep a work for later; keeping it twice keeps it once."""
    User.objects.select_for_update().get(pk=user.pk)
    wishes = WishList.objects.filter(owner=user).order_by("pk").first() or WishList.objects.create(
        owner=user, name="kept"
    )
    KeptLine.objects.get_or_create(wishlist=wishes, product=work, defaults={"title": work.title[:255]})


def let_go(*, user: User, work_id: int) -> bool:
    """Take a work off one's own list. Returns whether it was there."""
    gone, _each = KeptLine.objects.filter(wishlist__owner=user, product_id=work_id).delete()
    return gone > 0


def remember_wish(request: HttpRequest, work: Product) -> None:
    """A guest's wish; it is kept once they sign in."""
    request.session[WISH] = work.pk


def keep_remembered(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Receiver of `user_logged_in`: keeps what the guest wished for."""
    wished = request.session.pop(WISH, None) if hasattr(request, "session") else None
    work = Product.objects.filter(pk=wished, is_public=True, parent__isnull=True).first() if wished else None
    if work is not None:
        keep_work(user=user, work=work)
