"""The addresses a person keeps, in the words of the checkout's form. The province is kept by its slug."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from marketplace.address.models import Country, UserAddress
from marketplace.core.models import User

#: Addresses one person may keep.
MOST_ADDRESSES = 20
IRAN = {"iso_3166_1_a3": "IRN", "printable_name": "Iran", "name": "Iran", "is_shipping_country": True}


def saved_addresses(user: User) -> QuerySet[UserAddress]:
    """A person's addresses, the default first."""
    return UserAddress.objects.filter(user=user).order_by("-is_default_for_shipping", "pk")


def as_typed(address: UserAddress) -> dict[str, str]:
    """An address as the form of the checkout takes it."""
    return {
        "name": address.first_name,
        "mobile": address.phone_number.as_e164 if address.phone_number else "",
        "province": address.state,
        "city": address.line4,
        "address": address.line1,
        "postal_code": address.postcode or "",
    }


@transaction.atomic
def save_address(*, user: User, typed: dict[str, Any], address: UserAddress | None = None) -> UserAddress:
    """Keep or change an address; `typed` is the cleaned form. A person's first address is their default."""
    User.objects.select_for_update().get(pk=user.pk)
    iran, _new = Country.objects.get_or_create(iso_3166_1_a2="IR", defaults=IRAN)
    kept = address or UserAddress(user=user, is_default_for_shipping=not saved_addresses(user).exists())
    kept.country = iran
    kept.first_name, kept.line1, kept.line4 = typed["name"], typed["address"], typed["city"]
    kept.state, kept.postcode = typed["province"].slug, typed["postal_code"]
    kept.phone_number = typed["mobile"]
    kept.save()
    return kept


@transaction.atomic
def make_default(*, address: UserAddress) -> None:
    """The one that the checkout fills in; no other is."""
    User.objects.select_for_update().get(pk=address.user_id)
    saved_addresses(address.user).update(is_default_for_shipping=False)
    UserAddress.objects.filter(pk=address.pk).update(is_default_for_shipping=True)


@transaction.atomic
def drop_address(*, address: UserAddress) -> None:
    """Forget an address; when it was the default, the oldest left becomes it."""
    user, was_default = address.user, address.is_default_for_shipping
    address.delete()
    left = saved_addresses(user).first() if was_default else None
    if left is not None:
        make_default(address=left)
