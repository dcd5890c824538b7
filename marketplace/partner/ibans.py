"""Where a seller's money is sent. A typed number counts for nothing until a person has compared it with its paper."""

from datetime import date

from django.db import transaction

from marketplace.partner.models import Partner
from marketplace.partner.rules import require_iban, require_same_iban


@transaction.atomic
def set_iban(*, seller: Partner, iban: str, owner: str) -> Partner:
    """Keep a seller's account and its holder's name; another one than before has to be verified again.

    Raises ValidationError with code `bad_iban`.
    """
    typed, name = require_iban(iban), " ".join(owner.split())
    held = Partner.objects.select_for_update().get(pk=seller.pk)
    if (held.iban, held.iban_owner) != (typed, name):
        held.iban, held.iban_owner, held.iban_verified_on = typed, name, None
        held.save(update_fields=["iban", "iban_owner", "iban_verified_on"])
    return held


def verify_iban(*, seller: Partner, on: date) -> None:
    """A person compared the account in `seller` with its paper. Raises ValidationError with code `iban_changed`."""
    same = Partner.objects.filter(pk=seller.pk, iban=seller.iban, iban_owner=seller.iban_owner).exclude(iban="")
    require_same_iban(bool(same.update(iban_verified_on=on)))
    seller.iban_verified_on = on
