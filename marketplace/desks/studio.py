"""A draft at the desk: as it is shown, as it is read, what it lacks. The page and the listing itself ask the same `read`."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.craft_fields import told as facts_told
from catalogue.models import Product
from marketplace.crafts.models import Craft
from marketplace.desks.fair_price import FairPrice, fair_price
from marketplace.desks.forms.base import reader_language
from marketplace.desks.forms.studio import StudioForm
from marketplace.desks.forms.works import FACT, EditWorkForm, Known
from marketplace.desks.papers import StoredPaper, word_for
from marketplace.drafts.models import Draft, DraftPicture
from marketplace.ledger.commission import commissions
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord

PAPERS = ("permit_scan",)
#: What is written in both languages.
WORDS = ("title", "description", "technique")
#: Fields whose boxes may all be empty: nothing sent means nothing chosen.
_BOXES = ("materials",)
#: What a picture shows, what a craft asks, and variants: names that no form knows beforehand.
_MORE = re.compile(r"alt-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|fact-[a-z_]{1,40}|variant-\d-[a-z]{2,6}")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or wrong, and where on the page it is put right."""

    label: str
    sentence: str
    anchor: str


def draft_of(maker: Maker, key: uuid.UUID) -> Draft:
    """A maker's draft; one that is nowhere yet when nothing was kept under this key."""
    return Draft.objects.filter(maker=maker, key=key).first() or Draft(maker=maker, key=key)


def pictures_in(draft: Draft) -> list[DraftPicture]:
    """The pictures of a draft in their order."""
    return list(draft.pictures.all()) if draft.pk else []


def typed_in(post: QueryDict) -> dict[str, list[str]]:
    """What a page sent of a draft's fields, unread; other names are nobody's."""
    names = [name for name in post if name in StudioForm.base_fields or _MORE.fullmatch(name)]
    return {name: post.getlist(name) for name in _BOXES} | {name: post.getlist(name) for name in names}


def shown(draft: Draft, pictures: list[DraftPicture], *, known: Known | None = None) -> StudioForm:
    """The form with what was typed, and no word of what is wrong with it yet."""
    form = StudioForm(maker=draft.maker, initial=_flat(draft.typed), pictures=len(pictures), known=known)
    form.papers = {name: StoredPaper(*kept) for name, kept in draft.papers.items()}
    return form


def read(draft: Draft, pictures: list[DraftPicture]) -> StudioForm:
    """The form as it is read for the listing: its errors are what the draft lacks."""
    data = QueryDict(mutable=True)
    begun = {name: field.initial for name, field in StudioForm.base_fields.items() if field.initial is not None}
    for name, value in begun.items():
        data[name] = str(value)
    for name, values in draft.typed.items():
        data.setlist(name, values)
    for name, kept in draft.papers.items():
        data[f"kept_{name}"] = word_for(StoredPaper(*kept), user=draft.maker.owner)
    known = Known.to(draft.maker)
    if "craft" not in draft.typed and len(known.mine) == 1:  # a page just opened shows a maker's only craft as chosen
        data["craft"] = str(*known.mine)
    return StudioForm(data, maker=draft.maker, pictures=len(pictures), known=known)


def lacks(form: StudioForm) -> list[Lack]:
    """What a draft that was `read` lacks, in the order of the page: pictures, then the fields."""
    found = [Lack(_("Pictures"), error, "pictures") for error in form.non_field_errors()]
    for field in form:
        for error in field.errors.as_data():
            empty = error.code == "required"
            sentence = "" if empty else " ".join(error.messages)
            found.append(Lack(str(field.label), sentence, field.id_for_label or field.auto_id))
    return found


def fair_price_of(form: StudioForm) -> FairPrice | None:
    """What a draft that was `read` must bring; None while craft, hours or wage are not told. In two queries."""
    form.is_valid()
    told = form.cleaned_data
    craft: Craft | None = told.get("craft")
    if craft is None or not told.get("hours") or not told.get("wage_rial"):
        return None
    table = commissions()
    return fair_price(
        hours=told["hours"],
        wage=told["wage_rial"],
        wage_source=told.get("wage_source", ""),
        materials=told.get("materials_rial") or 0,
        asked=told.get("price_rial"),
        keeps=lambda rial: table.of(maker=form.maker, craft=craft, venue=None, amount_rial=rial),
    )


def preview_of(form: StudioForm, address: str) -> dict[str, Any]:
    """What a buyer would see of a draft that was `read`, as far as it goes; `address` is that of its first picture."""
    form.is_valid()
    told = form.cleaned_data
    english = reader_language() == "en"
    asked = {field.code: told.get(FACT + field.code) for field in form.asked}
    words = {name: (told.get(f"{name}_en") if english else "") or told.get(f"{name}_fa", "") for name in WORDS}
    return words | {
        "picture": address,
        "craft": told.get("craft"),
        "size": [told.get(side) for side in ("length", "width", "height")],
        "weight": told.get("weight"),
        "materials": told.get("materials", ()),
        "hours": told.get("hours"),
        "price": told.get("price_rial"),
        "to_order": told.get("how") == form.How.ORDER,
        "lead_days": told.get("lead_days"),
        "facts": facts_told({code: fact for code, fact in asked.items() if fact not in (None, "")}),
    }


def differing(draft: Draft, typed: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """What another window has kept in fields where this one says something else: label and text."""
    labels = {name: str(field.label) for name, field in StudioForm.base_fields.items()}
    return [
        (labels.get(name, _("What a picture shows")), _(", ").join(draft.typed.get(name, [])))
        for name, values in typed.items()
        if values != draft.typed.get(name, []) and any(draft.typed.get(name, []))
    ]


def typed_of(work: Product, offer: StockRecord | None) -> dict[str, list[str]]:
    """A work as somebody would type it: what a copy begins with. Its pictures are its own and are not copied."""
    how = StudioForm.How
    initial: dict[str, Any] = EditWorkForm.initial_of(work) | {
        "how": how.ORDER if work.made_to_order else how.ONE if work.one_of_a_kind else how.SEVERAL,
        "lead_days": work.lead_days,
        "pieces": max(1, (offer.num_in_stock or 0) - (offer.num_allocated or 0)) if offer else 1,
        "price_rial": int(offer.price) if offer and offer.price else None,
    }
    form = StudioForm(maker=work.maker, initial=initial, pictures=0)
    values = {name: form[name].value() for name in initial if name in form.fields}
    return {name: [str(one) for one in _several(value)] for name, value in values.items()}


def _several(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _flat(typed: dict[str, list[str]]) -> dict[str, Any]:
    return {name: values if name in _BOXES else (values or [""])[-1] for name, values in typed.items()}
