"""What a session remembers of its reader's purchases: numbers, so that a guest need not sign in, the address typed, the delivery and
the way to pay that were chosen."""

from django.http import HttpRequest
from django.utils import timezone

from marketplace.checkout.contact import Contact
from marketplace.checkout.models import Purchase

NUMBERS, CONTACT, CHOICES, WAY = "purchases", "checkout_contact", "checkout_delivery", "checkout_way"
LONGEST_WAY = 40
MOST_NUMBERS = 20


def remember(request: HttpRequest, number: str) -> None:
    """This reader may see this purchase and its order."""
    others = [kept for kept in request.session.get(NUMBERS, []) if kept != number]
    request.session[NUMBERS] = [*others, number][-MOST_NUMBERS:]


def may_see(request: HttpRequest, purchase: Purchase) -> bool:
    """Its owner, or the session that bought it or found it by number and mobile."""
    if request.user.is_authenticated and purchase.user_id == request.user.pk:
        return True
    return purchase.number in request.session.get(NUMBERS, [])


def waiting(request: HttpRequest) -> Purchase | None:
    """The newest purchase of this session that still holds stock; asks nothing for a session without one."""
    numbers = request.session.get(NUMBERS)
    if not numbers:
        return None
    held = Purchase.objects.filter(number__in=numbers, state=Purchase.State.RESERVED, held_until__gt=timezone.now())
    return held.order_by("-id").first()


def keep_contact(request: HttpRequest, contact: Contact) -> None:
    request.session[CONTACT] = contact.as_dict()


def kept_contact(request: HttpRequest) -> Contact | None:
    """What was typed before; None when nothing, or only an older shape, is kept."""
    kept = request.session.get(CONTACT)
    try:
        return Contact.from_dict(kept) if kept else None
    except TypeError:
        return None


def keep_choices(request: HttpRequest, choices: dict[int, str]) -> None:
    """The delivery chosen, by seller; JSON knows no whole numbers as keys."""
    request.session[CHOICES] = {str(seller): code for seller, code in choices.items()}


def kept_choices(request: HttpRequest) -> dict[int, str]:
    """What was chosen before, for any seller."""
    return {int(seller): code for seller, code in request.session.get(CHOICES, {}).items()}


def keep_way(request: HttpRequest, code: str) -> None:
    """The way to pay that was chosen; whether it is offered is asked when it is used."""
    request.session[WAY] = code[:LONGEST_WAY]


def kept_way(request: HttpRequest) -> str:
    return request.session.get(WAY, "")
