"""The verbs of lists: make, change, share, remove; put a work on one, take it off, remember a gift."""

import secrets

from django.db import transaction
from django.db.models import F

from catalogue.models import Product
from marketplace.core.models import User
from marketplace.wishlists import rules
from marketplace.wishlists.models import Gift, Line, WishList
from marketplace.wishlists.queries import bought

#: Bytes of chance in a link: nobody finds one by trying.
LINK_BYTES = 24


def kept_list(user: User) -> WishList:
    """A person's list of works kept for later, made when it is first asked for."""
    return WishList.objects.get_or_create(owner=user, is_kept=True, defaults={"name": "kept"})[0]


@transaction.atomic
def make_list(*, user: User, name: str, note: str = "") -> WishList:
    """Another list, private. Raises ValidationError and makes nothing when there are too many."""
    _hold(user)
    rules.require_room_for_list(WishList.objects.filter(owner=user).count())
    return WishList.objects.create(owner=user, name=name, note=note)


@transaction.atomic
def put_on_list(*, wishes: WishList, work: Product) -> Line:
    """Put a work on a list; twice puts it there once. Raises ValidationError when the list is full."""
    _hold(wishes.owner)
    there = Line.objects.filter(wishlist=wishes, product=work).first()
    if there is not None:
        return there
    rules.require_room_on_list(Line.objects.filter(wishlist=wishes).count())
    return Line.objects.create(wishlist=wishes, product=work, title=work.title[:255])


@transaction.atomic
def change_wish(*, wish: Line, note: str, quantity: int, to: WishList) -> None:
    """A wish's note, how many are wished for, and its list. On a list that has the work already the two become one."""
    _hold(to.owner)
    if to.pk != wish.wishlist_id:
        twin = Line.objects.filter(wishlist=to, product=wish.product_id).first() if wish.product_id else None
        if twin is not None:
            Gift.objects.filter(wish=wish).update(wish=twin)
            wish.delete()
            wish = twin
        else:
            rules.require_room_on_list(Line.objects.filter(wishlist=to).count())
    Line.objects.filter(pk=wish.pk).update(note=note, quantity=quantity, wishlist=to)


def share(*, wishes: WishList) -> str:
    """Give a list a new link; one that it had leads nowhere from now on. Returns the code."""
    code = secrets.token_urlsafe(LINK_BYTES)
    WishList.objects.filter(pk=wishes.pk).update(share_code=code, visibility=WishList.SHARED)
    return code


def withdraw_link(*, wishes: WishList) -> None:
    """The list is private again, and its link leads nowhere."""
    WishList.objects.filter(pk=wishes.pk).update(share_code=None, visibility=WishList.PRIVATE)


def remove_list(*, wishes: WishList) -> None:
    """Remove a list with all that is on it. Raises ValidationError for the one of works kept for later."""
    rules.require_removable(wishes)
    wishes.delete()


def require_gift_wanted(wish: Line) -> None:
    """Raises ValidationError when as many as were wished for are bought."""
    rules.require_still_wished(wanted=wish.quantity, bought=bought(wish.wishlist).get(wish.pk, 0))


@transaction.atomic
def remember_gift(*, wish: Line, basket_line) -> None:
    """One more piece of a basket's line is meant for this wish."""
    gift, made = Gift.objects.get_or_create(wish=wish, basket_line=basket_line)
    if not made:
        Gift.objects.filter(pk=gift.pk).update(pieces=F("pieces") + 1)


def carry_gifts(*, out_of, into) -> None:
    """Lines of one basket that came into another are still meant as gifts; one query where there are none.

    They are copied: a purchase that was given up may still be paid late, and then its own basket becomes the order.
    """
    gifts = list(Gift.objects.filter(basket_line__basket=out_of.pk).select_related("basket_line"))
    if not gifts or into.pk is None:
        return
    twins = dict(into.lines.values_list("stockrecord", "pk"))
    copies = [
        Gift(wish_id=gift.wish_id, basket_line_id=twins[gift.basket_line.stockrecord_id], pieces=gift.pieces)
        for gift in gifts
        if gift.basket_line.stockrecord_id in twins
    ]
    Gift.objects.bulk_create(copies, ignore_conflicts=True)


def _hold(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
