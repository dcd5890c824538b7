"""The desks' forms. Every mistake is told in one pass, and nothing typed or sent is lost."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Material
from marketplace.bazaars.models import Venue
from marketplace.core.pictures import StoredPicture
from marketplace.crafts.models import Craft
from marketplace.desks.countries import HOME, countries
from marketplace.desks.fields import CentimetresField, grouped
from marketplace.desks.uploads import keep, picture_of_word, word_for
from marketplace.listing.rules import require_sane_price
from marketplace.makers.models import Maker
from marketplace.places.models import City
from marketplace.ui.forms import TomanField, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits

PHOTOS = 6
TEXT = forms.Textarea({"rows": 5})
WORKSHOP = "workshop"


def reader_language() -> str:
    """fa or en."""
    return (get_language() or "fa")[:2]


class OnceForm(forms.Form):
    """A form with a token of its own, so that pressing twice asks once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class BecomeMakerForm(forms.Form):
    """Who makes, where, and what."""

    name_fa = forms.CharField(
        label=_("Name in Persian"), max_length=160, help_text=_("Yours, or your workshop's, as buyers will read it.")
    )
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=160)
    kind = forms.ChoiceField(
        label=_("How you work"), choices=Maker.Kind.choices, widget=forms.RadioSelect, initial=Maker.Kind.PERSON
    )
    city = forms.TypedChoiceField(label=_("City or village"))
    crafts = forms.MultipleChoiceField(label=_("Crafts"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.cities = {
            str(city.pk): city for city in City.objects.select_related("province").order_by("province__code", "name_en")
        }
        self.crafts = {str(craft.pk): craft for craft in Craft.objects.select_related("group")}
        self.fields["city"].choices = [
            ("", _("Choose")),
            *grouped(self.cities.values(), lambda city: city.province.name),
        ]
        self.fields["crafts"].choices = grouped(self.crafts.values(), lambda craft: craft.group.name)

    def clean_city(self) -> City:
        return self.cities[self.cleaned_data["city"]]

    def clean_crafts(self) -> list[Craft]:
        return [self.crafts[pk] for pk in self.cleaned_data["crafts"]]

    def craft_groups(self) -> list[tuple[str, list[tuple[str, str, bool]], bool]]:
        """Groups of crafts, which are ticked, and whether a group holds a tick."""
        ticked = set(self["crafts"].value() or ())
        return [
            (group, [(pk, name, pk in ticked) for pk, name in crafts], any(pk in ticked for pk, _name in crafts))
            for group, crafts in self.fields["crafts"].choices
        ]


class Making(forms.Form):
    """How many there are, and whether the work waits to be made."""

    class How:
        ONE, SEVERAL, ORDER = "one", "several", "order"

    how = forms.ChoiceField(
        label=_("How many are there?"),
        widget=forms.RadioSelect,
        initial=How.ONE,
        choices=[
            (How.ONE, _("One of a kind: this one and no other")),
            (How.SEVERAL, _("Several alike, ready to send")),
            (How.ORDER, _("Made to order")),
        ],
    )
    pieces = WholeNumberField(label=_("Pieces on sale"), min_value=1, max_value=10_000, initial=1)
    lead_days = WholeNumberField(label=_("Days until it can be sent"), min_value=0, max_value=730, initial=2)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("how") == self.How.ONE and self.cleaned_data.get("pieces", 1) > 1:
            self.add_error(
                "pieces", ValidationError(_("A work that is one of a kind is one piece."), code="one_of_a_kind")
            )
        return cleaned


class WorkForm(OnceForm, Making):
    """List a work: its words, its measures, its price in toman, its photos."""

    title_fa = forms.CharField(label=_("Title in Persian"), max_length=255)
    title_en = forms.CharField(label=_("Title in English"), max_length=255, required=False)
    craft = forms.ChoiceField(label=_("Craft"))
    description_fa = forms.CharField(label=_("Description in Persian"), required=False, max_length=6_000, widget=TEXT)
    description_en = forms.CharField(label=_("Description in English"), required=False, max_length=6_000, widget=TEXT)
    materials = forms.MultipleChoiceField(label=_("Materials"), required=False, widget=forms.CheckboxSelectMultiple)
    technique_fa = forms.CharField(label=_("Technique in Persian"), max_length=160, required=False)
    technique_en = forms.CharField(label=_("Technique in English"), max_length=160, required=False)
    length = CentimetresField(label=_("Length (cm)"), required=False)
    width = CentimetresField(label=_("Width (cm)"), required=False)
    height = CentimetresField(label=_("Height (cm)"), required=False)
    weight = WholeNumberField(label=_("Weight (grams)"), required=False, min_value=1, max_value=2_000_000)
    hours = WholeNumberField(label=_("Hours of work"), required=False, min_value=1, max_value=100_000)
    origin_country = forms.ChoiceField(label=_("Country of origin"), initial=HOME)
    price_rial = TomanField(label=_("Price (toman)"), min_value=0)

    def __init__(self, *args, maker: Maker, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.maker = maker
        self.kept: dict[int, StoredPicture] = {}
        self.uploaded: list[StoredPicture] = []
        mine = set(maker.crafts.values_list("pk", flat=True))
        self.crafts = {str(craft.pk): craft for craft in Craft.objects.select_related("group")}
        self.known_materials = {str(material.pk): material for material in Material.objects.all()}
        self._offer_choices(mine)
        for number in range(1, PHOTOS + 1):
            self._add_photo(number)

    def _offer_choices(self, mine: set[int]) -> None:
        own = [(str(craft.pk), craft.name) for craft in self.crafts.values() if craft.pk in mine]
        groups = grouped(self.crafts.values(), lambda craft: craft.group.name)
        self.fields["craft"].choices = [("", _("Choose")), *([(_("Your crafts"), own)] if own else []), *groups]
        self.fields["materials"].choices = [(pk, material.name) for pk, material in self.known_materials.items()]
        self.fields["origin_country"].choices = countries(reader_language())
        if len(own) == 1:
            self.fields["craft"].initial = own[0][0]

    def _add_photo(self, number: int) -> None:
        names = {"number": digits(number)}
        self.fields[f"photo_{number}"] = forms.FileField(
            label=_("Photo %(number)s") % names,
            required=False,
            widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,image/gif"}),
        )
        self.fields[f"alt_{number}"] = forms.CharField(
            label=_("What photo %(number)s shows") % names, required=False, max_length=255
        )
        self.fields[f"kept_{number}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields[f"drop_{number}"] = forms.BooleanField(
            label=_("Leave photo %(number)s out") % names, required=False
        )

    def clean_craft(self) -> Craft:
        return self.crafts[self.cleaned_data["craft"]]

    def clean_materials(self) -> tuple[Material, ...]:
        return tuple(self.known_materials[pk] for pk in self.cleaned_data["materials"])

    def clean_price_rial(self) -> int:
        price = self.cleaned_data["price_rial"]
        require_sane_price(price)
        return price

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in range(1, PHOTOS + 1):
            self._clean_photo(number)
        wrong = any(self.has_error(f"photo_{number}") for number in range(1, PHOTOS + 1))
        if not self.kept and not wrong:
            self.add_error("photo_1", ValidationError(_("Send at least one photo of the work."), code="no_photo"))
        return cleaned

    def _clean_photo(self, number: int) -> None:
        if self.cleaned_data.get(f"drop_{number}"):
            return
        name, word = f"photo_{number}", self.cleaned_data.get(f"kept_{number}")
        try:
            if word:
                self.kept[number] = picture_of_word(word, maker=self.maker)
            if upload := self.cleaned_data.get(name):
                self.kept[number] = keep(upload)
                self.uploaded.append(self.kept[number])
        except ValidationError as error:
            self.add_error(name, error)

    def more_photos(self) -> bool:
        """Whether the photos after the second are in use, or were refused."""
        last = range(3, PHOTOS + 1)
        return any(number in self.kept or self.errors.get(f"photo_{number}") for number in last)

    def photo_rows(self) -> list[dict[str, Any]]:
        """Each photo's fields, with the kept picture's address and its signed word."""
        return [self._photo_row(number) for number in range(1, PHOTOS + 1)]

    def _photo_row(self, number: int) -> dict[str, Any]:
        picture = self.kept.get(number)
        return {
            "file": self[f"photo_{number}"],
            "alt": self[f"alt_{number}"],
            "drop": self[f"drop_{number}"],
            "kept_name": self.add_prefix(f"kept_{number}"),
            "word": word_for(picture, maker=self.maker) if picture else "",
            "address": default_storage.url(next(iter(picture.sizes.values()))) if picture else "",
        }

    def photos(self) -> list[tuple[StoredPicture, str]]:
        """The photos in their order, each with what it shows."""
        return [(self.kept[number], self.cleaned_data.get(f"alt_{number}", "")) for number in sorted(self.kept)]

    def work_fields(self) -> dict[str, Any]:
        """What `create_work` asks for."""
        data, how = self.cleaned_data, self.cleaned_data["how"]
        same = ("title_fa", "title_en", "craft", "description_fa", "description_en", "materials", "technique_fa")
        return {
            name: data[name]
            for name in (*same, "technique_en", "hours", "origin_country", "price_rial", "pieces", "lead_days")
        } | {
            "length_mm": data["length"],
            "width_mm": data["width"],
            "height_mm": data["height"],
            "weight_grams": data["weight"],
            "one_of_a_kind": how == self.How.ONE,
            "made_to_order": how == self.How.ORDER,
        }


class OfferForm(OnceForm):
    """Offer a work in a place where it is not offered yet."""

    place = forms.ChoiceField(label=_("Place"))
    price_rial = TomanField(label=_("Price (toman)"), min_value=0)
    pieces = WholeNumberField(label=_("Pieces there"), min_value=1, max_value=10_000, initial=1)

    def __init__(self, *args, taken: set[int | None], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        venues = Venue.objects.filter(is_planned=False).select_related("city").order_by("city__name_en", "slug")
        self.venues = {str(venue.pk): venue for venue in venues if venue.pk not in taken}
        workshop = [] if None in taken else [(WORKSHOP, _("My workshop"))]
        self.fields["place"].choices = [
            ("", _("Choose")),
            *workshop,
            *grouped(self.venues.values(), lambda venue: venue.city.name),
        ]

    def clean_place(self) -> Venue | None:
        return self.venues.get(self.cleaned_data["place"])

    def clean_price_rial(self) -> int:
        price = self.cleaned_data["price_rial"]
        require_sane_price(price)
        return price
