"""What a maker does at the desk, each asked once and done whole."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from catalogue.models import ImportPermit, Product
from catalogue.pictures import add_stored_picture
from marketplace.bazaars.models import Venue
from marketplace.core.models import User
from marketplace.core.refusals import kept
from marketplace.crafts.models import Craft
from marketplace.desks.models import SentForm
from marketplace.drafts.models import Draft
from marketplace.drafts.services import close_draft
from marketplace.joining.services import begin
from marketplace.listing.claims import send_permit
from marketplace.listing.origins import register_import_permit
from marketplace.listing.oscar_parts import seller_of
from marketplace.listing.services import add_variant, create_work, offer_in_venue
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord
from marketplace.places.models import City

#: Characters that a picture's text has room for.
ALT_CHARACTERS = 255


@transaction.atomic
def become_maker(*, user: User, name_fa: str, name_en: str, kind: str, city: City, crafts: list[Craft]) -> Maker:
    """Make a person a maker whose joining has begun; one who already is a maker stays as they were."""
    maker, new = Maker.objects.get_or_create(
        owner=user,
        defaults={"slug": _free_slug(name_en), "name_fa": name_fa, "name_en": name_en, "kind": kind, "city": city},
    )
    if new:
        maker.crafts.set(crafts)
        seller_of(maker)
        begin(maker=maker, by=user)
    return maker


def _free_slug(name: str) -> str:
    base = slugify(name)[:60] or "maker"
    return base if not Maker.objects.filter(slug=base).exists() else f"{base}-{secrets.token_hex(3)}"


def was_sent(*, maker: Maker, token: UUID | None) -> bool:
    """Whether this form was obeyed before."""
    return token is not None and SentForm.objects.filter(maker=maker, token=token).exists()


@kept
@transaction.atomic
def list_draft(
    *, draft: Draft, language: str, fields: dict[str, Any], permit: dict[str, Any] | None = None
) -> tuple[Product, bool]:
    """List a draft as a work with its pictures; what each shows was told in `language`. False with the work an earlier press made.

    `permit`: the import permit a foreign work stands on, registered with it. Raises ValidationError and leaves the draft as it was.
    """
    held = Draft.objects.select_for_update(of=("self",)).select_related("work", "maker").get(pk=draft.pk)
    if held.work is not None:
        return held.work, False
    registered = registered_permit(maker=held.maker, permit=permit)
    work = _create(maker=held.maker, permit=registered, fields=fields)
    for row in held.pictures.all():
        shows = held.first(row.alt_name).strip()[:ALT_CHARACTERS]
        fa, en = ("", shows) if language == "en" else (shows, "")
        add_stored_picture(work=work, stored=row.picture, alt_fa=fa, alt_en=en)
    close_draft(draft=held, work=work)
    return work, True


def _create(*, maker: Maker, permit: ImportPermit | None, fields: dict[str, Any]) -> Product:
    """A work; one with variants is not offered itself, they are."""
    variants: list[dict[str, Any]] = fields.pop("variants", [])
    price = fields.pop("price_rial")
    work = create_work(maker=maker, import_permit=permit, price_rial=None if variants else price, **fields)
    for one in variants:
        add_variant(
            work=work,
            title_fa=f"{work.title}، {one['fa']}",
            title_en=", ".join(filter(None, (work.title_en, one["en"]))) if one["en"] else "",
            price_rial=one["price"] or price,
            pieces=one["pieces"],
        )
    return work


def registered_permit(*, maker: Maker, permit: dict[str, Any] | None) -> ImportPermit | None:
    """The permit a form tells of; a new one waits for an officer from now on, and stands meanwhile."""
    if permit is None:
        return None
    known = maker.import_permits.filter(number=permit["number"]).exists()
    registered = register_import_permit(maker=maker, **permit)
    if not known:
        send_permit(permit=registered, by=maker.owner)
    return registered


@kept
@transaction.atomic
def offer_work(
    *, maker: Maker, token: UUID, work: Product, venue: Venue | None, price_rial: int, pieces: int
) -> StockRecord:
    """Offer a maker's work in a place, once. Raises ValidationError and leaves nothing when a rule says no."""
    sent, new = SentForm.objects.get_or_create(maker=maker, token=token)
    if not new:
        return StockRecord.objects.get(pk=sent.made_id, partner__maker=maker)
    offer = offer_in_venue(work=work, venue=venue, price_rial=price_rial, pieces=pieces, seller=seller_of(maker))
    _note(sent, offer.pk)
    return offer


def _note(sent: SentForm, made_id: int) -> None:
    sent.made_id = made_id
    sent.save(update_fields=["made_id"])
