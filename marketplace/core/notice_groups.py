"""Which notices a person may have by mail, by SMS or only on their page; what is about orders and money always comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User

MAIL, SMS = "mail", "sms"
WAYS = (MAIL, SMS)
_SALT = "unsubscribe"


@dataclass(frozen=True)
class Group:
    """Notices that are turned off together. `kinds` are those that `notify` is given; `is_always` ones come by mail whatever is chosen."""

    name: str
    label: Any
    about: Any
    kinds: tuple[str, ...]
    is_always: bool = False


GROUPS = (
    Group(
        "orders",
        _("Orders and money"),
        _("An order, its payment, its delivery, a return, a payout: always by mail, because days run from them."),
        ("order", "payment", "payout"),
        is_always=True,
    ),
    Group(
        "messages",
        _("Messages about an order"),
        _("What a buyer and a maker write to each other."),
        ("message",),
    ),
    Group("stalls", _("Stalls"), _("A lease that ends, a rent that is late."), ("lease",)),
    Group("reviews", _("Reviews"), _("A review of a work, an answer to it, a review that was hidden."), ("review",)),
    Group("searches", _("Saved searches"), _("New works in a search that you keep."), ("saved_search",)),
    Group("bookings", _("Bookings of visitors"), _("Somebody books or cancels a visit with you."), ("booking",)),
    Group("basket", _("My basket"), _("A work in your basket is no longer offered."), ("basket_line_withdrawn",)),
    Group(
        "offers",
        _("My offers"),
        _("An offer of yours was withdrawn, or stands again."),
        ("offer_withdrawn", "offer_back", "offer_not_back"),
    ),
    Group(
        "consignments",
        _("Consignments abroad"),
        _("A buyer accepts your proforma, or an exporter collects pieces of yours."),
        ("consignment",),
    ),
    Group(
        "decisions",
        _("Decisions and papers"),
        _("An officer asks or decides; a licence, a seal, a label, an inspection or a report that is due."),
        (
            *("matter", "origin_decided", "licence_changed", "seal_changed", "passport_changed"),
            *("jury_called", "inspection_opened", "report_due", "licence_due", "stall_measure", "maker_state"),
        ),
    ),
)
#: For a kind that no group names: on its page and by mail, with nothing to turn off.
_OTHER = Group("other", _("Other"), "", (), is_always=True)
_OF_KIND = {kind: group for group in GROUPS for kind in group.kinds}


def group_of(kind: str) -> Group:
    """The group of a kind of notices."""
    return _OF_KIND.get(kind, _OTHER)


def ways_of(user: User, group: Group) -> tuple[str, ...]:
    """How a person has the notices of a group; mail unless they chose something else."""
    if group.is_always:
        return (MAIL,)
    chosen = user.notice_ways.get(group.name)
    return (MAIL,) if chosen is None else tuple(way for way in WAYS if way in chosen)


def choose_ways(*, user: User, ways: dict[str, Iterable[str]]) -> None:
    """Store what was chosen by group; groups that always come are left out."""
    names = {group.name for group in GROUPS if not group.is_always}
    user.notice_ways = {name: [way for way in WAYS if way in chosen] for name, chosen in ways.items() if name in names}
    user.save(update_fields=["notice_ways"])


def turn_off_mail(*, user: User, group: Group) -> None:
    """No more mail of a group; other ways stay. Twice turns it off once."""
    kept = {one.name: ways_of(user, one) for one in GROUPS}
    choose_ways(user=user, ways={**kept, group.name: [way for way in kept[group.name] if way != MAIL]})


def unsubscribe_word(user: User, group: Group) -> str:
    """A signed word that turns off a group's mail without signing in. It never expires, and opens nothing else."""
    return signing.dumps([user.pk, group.name], salt=_SALT)


def read_word(word: str) -> tuple[User, Group]:
    """Whose mail of which group a word turns off. Raises signing.BadSignature for one that we did not write."""
    try:
        user_id, name = signing.loads(word, salt=_SALT)
        group = next(group for group in GROUPS if group.name == name and not group.is_always)
        return User.objects.get(pk=user_id, is_active=True), group
    except (ValueError, TypeError, StopIteration, User.DoesNotExist):
        raise signing.BadSignature from None
