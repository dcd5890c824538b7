"""Writing, and having read."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import now
from marketplace.core.models import User
from marketplace.core.notices import notify
from marketplace.core.numbers import random_number
from marketplace.order.models import SellerOrder
from marketplace.order.steps import named
from marketplace.order.told import tell_buyer
from marketplace.talks import rules
from marketplace.talks.models import Message, MessagePhoto


@transaction.atomic
def write(*, part: SellerOrder, from_buyer: bool, by: User | None, text: str, photos: Iterable[bytes] = ()) -> Message:
    """Leave a message for the other side, with pictures that were re-encoded before. Raises ValidationError and writes nothing.

    The other side is told once, until they have read: ten messages in a row are one notice.
    """
    pictures = list(photos)
    rules.require_words(text, pictures)
    mine = Message.objects.filter(part=SellerOrder.objects.select_for_update().get(pk=part.pk), from_buyer=from_buyer)
    rules.require_calm(mine.filter(at__gte=now() - timedelta(days=1)).count())
    is_told = mine.filter(read_at=None).exists()
    message = Message.objects.create(part=part, from_buyer=from_buyer, by=by, text=text.strip())
    for picture in pictures:
        MessagePhoto(message=message).file.save(f"{random_number('MSG')}.webp", ContentFile(picture))
    if not is_told:
        _tell(part, from_buyer)
    return message


def _tell(part: SellerOrder, from_buyer: bool) -> None:
    if from_buyer:
        maker = part.seller.maker
        _notify(
            maker.owner if maker else None,
            _("The buyer of %(number)s has written to you."),
            part,
            reverse("desks:order-talk", args=[part.number]),
        )
    elif part.order.user is not None:
        link = reverse("account:talk", args=[part.order.number, part.pk])
        _notify(part.order.user, _("%(maker)s has written to you about %(number)s."), part, link)
    else:
        tell_buyer(
            part.order,
            _("%(maker)s has written to you about %(number)s. You find the message on the page of your order."),
            named(part),
        )


def _notify(user: User | None, sentence, part: SellerOrder, link: str) -> None:
    notify(users=[user], kind="message", sentence=sentence, params=named(part), link=link)


def mark_read(*, part: SellerOrder, by_buyer: bool) -> None:
    """The other side's messages were seen."""
    Message.objects.filter(part=part, from_buyer=not by_buyer, read_at=None).update(read_at=now())
