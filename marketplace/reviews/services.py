"""The verbs of reviews: write, change, answer, hide. Each leaves the work's average true in the same transaction."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Avg, Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.core.clock import now, today
from marketplace.core.models import User
from marketplace.core.notices import notify
from marketplace.core.pictures import delete_files
from marketplace.order.models import Line
from marketplace.reviews import rules
from marketplace.reviews.models import Review


@dataclass(frozen=True)
class Words:
    """What a buyer typed; `shown_as` is how they are named."""

    stars: int
    text: str = ""
    shown_as: str = Review.ShownAs.BUYER
    name: str = ""


@transaction.atomic
def write_review(*, line: Line, by: User, words: Words, place: str = "", photos: Iterable[bytes] = ()) -> Review:
    """Review a line that arrived. `photos` were re-encoded before. Raises ValidationError and writes nothing."""
    mine = (
        Line.objects.select_for_update(of=("self",)).select_related("seller_order", "product__parent").get(pk=line.pk)
    )
    rules.require_received(mine, on=today())
    rules.require_stars(words.stars)
    rules.forbid_second_review(Review.objects.filter(line=mine).exists())
    work = mine.product.origin_work
    review = Review.objects.create(line=mine, work=work, by=by, place=place, photos=_stored(photos), **_columns(words))
    recount(work)
    _tell(work.maker.owner if work.maker else None, _("A buyer has reviewed “%(work)s”."), work, "desks:reviews")
    return review


@transaction.atomic
def change_review(*, review: Review, words: Words, photos: Iterable[bytes] = ()) -> None:
    """Change one's review; photos replace the old ones when there are any. Raises ValidationError and changes nothing."""
    mine = Review.objects.select_for_update(of=("self",)).select_related("work").get(pk=review.pk)
    rules.require_changeable(mine, at=now())
    rules.require_stars(words.stars)
    new = _stored(photos)
    if new:
        transaction.on_commit(lambda old=list(mine.photos): delete_files(old))
    columns = {**_columns(words), **({"photos": new} if new else {})}
    Review.objects.filter(pk=mine.pk).update(changed_at=now(), **columns)
    recount(mine.work)


@transaction.atomic
def answer_review(*, review: Review, text: str) -> None:
    """The maker's one answer. Raises ValidationError and changes nothing."""
    mine = Review.objects.select_for_update(of=("self",)).select_related("work", "by").get(pk=review.pk)
    rules.require_shown(mine)
    rules.require_unanswered(mine)
    rules.require_words(text)
    Review.objects.filter(pk=mine.pk).update(answer=text.strip(), answered_at=now())
    _tell(mine.by, _("The maker has answered your review of “%(work)s”."), mine.work, "account:reviews")


@transaction.atomic
def hide_review(*, review: Review, by: User, because: str) -> None:
    """Take a review off the work's page, with a reason that its writer reads; it is kept. Raises ValidationError."""
    mine = Review.objects.select_for_update(of=("self",)).select_related("work", "by").get(pk=review.pk)
    rules.require_shown(mine)
    rules.require_words(because)
    Review.objects.filter(pk=mine.pk).update(hidden_at=now(), hidden_by=by, hidden_because=because.strip())
    recount(mine.work)
    sentence = _("Your review of “%(work)s” is not shown any more: %(because)s")
    _tell(mine.by, sentence, mine.work, "account:reviews", because=because.strip())


def recount(work: Product) -> None:
    """A work's average of the reviews that are shown, or none while there are too few for one."""
    Product.objects.select_for_update().get(pk=work.pk)
    found = Review.objects.filter(work=work, hidden_at=None).aggregate(count=Count("pk"), average=Avg("stars"))
    rating = found["average"] if found["count"] >= rules.ENOUGH else None
    Product.objects.filter(pk=work.pk).update(rating=rating)


def _columns(words: Words) -> dict:
    name = words.name.strip() if words.shown_as == Review.ShownAs.NAME else ""
    return {"stars": words.stars, "text": words.text.strip(), "shown_as": words.shown_as, "name": name}


def _stored(photos: Iterable[bytes]) -> list[str]:
    return [default_storage.save(f"reviews/{secrets.token_hex(12)}.webp", ContentFile(one)) for one in photos]


def _tell(user: User | None, sentence, work: Product, page: str, **more: str) -> None:
    notify(
        users=[user], kind="review", sentence=sentence, params={"work": lambda: work.name, **more}, link=reverse(page)
    )
