"""What is on a list, and what of it was bought."""

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce, Least

from catalogue.models import Product
from marketplace.core.models import User
from marketplace.wishlists.models import Gift, Line, WishList

FRAME = tuple(
    f"product__{name}" for name in ("maker", "craft", "craft__group", "city", "city__province", "product_line")
)


def lists_of(user: User) -> QuerySet[WishList]:
    """A person's lists, each with `works`, how many are on it; the kept one first."""
    return WishList.objects.filter(owner=user).annotate(works=Count("lines")).order_by("-is_kept", "pk")


def on_list(wishes: WishList) -> QuerySet[Line]:
    """A list's works, newest first, those that are hidden or gone included: who shows them says so."""
    return Line.objects.filter(wishlist=wishes).select_related(*FRAME).order_by("-pk")


def shared_list(code: str) -> WishList:
    """The list behind a link. Raises WishList.DoesNotExist, for a link that was changed or withdrawn too."""
    return WishList.objects.get(share_code=code)


def is_listed(user: User, work: Product) -> bool:
    """Whether a work is on any of a person's lists."""
    return Line.objects.filter(wishlist__owner=user, product=work).exists()


def listed_by(user: User) -> Exists:
    """For a query of works: whether each is on any of a person's lists."""
    return Exists(Line.objects.filter(wishlist__owner=user, product=OuterRef("pk")))


def bought(wishes: WishList) -> dict[int, int]:
    """Line → pieces that somebody bought from this list and did not give back; says nothing of who. One query."""
    order_line = "basket_line__basket__order__lines__"
    standing = F(f"{order_line}quantity") - F(f"{order_line}cancelled") - F(f"{order_line}returned")
    gifts = (
        Gift.objects.filter(wish__wishlist=wishes, **{f"{order_line}stockrecord": F("basket_line__stockrecord")})
        .values("wish")
        .annotate(pieces_bought=Coalesce(Sum(Least(F("pieces"), standing)), 0))
    )
    return {each["wish"]: each["pieces_bought"] for each in gifts if each["pieces_bought"]}
