"""A work as its form describes it, and the form that changes it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.craft_fields import LENGTH, CraftField, fields_of
from catalogue.models import Material, Product
from marketplace.basket.rules import MOST_PERSONAL
from marketplace.core.measures import MM_PER_CM
from marketplace.crafts.models import Craft
from marketplace.desks.countries import HOME, countries
from marketplace.desks.fields import CentimetresField, grouped
from marketplace.desks.forms.base import reader_language
from marketplace.desks.forms.papers import PaperForm
from marketplace.makers.models import Maker
from marketplace.shipping.tables import blade_crafts
from marketplace.ui.forms import DayField, WholeNumberField

TEXT = forms.Textarea({"rows": 5})


#: How the fields of a craft's own questions are named.
FACT = "fact-"


def _question(field: CraftField) -> forms.Field:
    """A craft's question as a form asks it: chosen, counted, or measured in centimetres."""
    if field.options:
        chosen = [(option.code, option.name) for option in field.options]
        return forms.ChoiceField(label=field.label, required=False, choices=[("", _("Not told")), *chosen])
    if field.kind == LENGTH:
        return CentimetresField(label=field.label, required=False, longest_cm=field.most / MM_PER_CM)
    return WholeNumberField(label=field.label, required=False, min_value=field.least, max_value=field.most)


@dataclass(frozen=True)
class Known:
    """What a form of a work offers to choose from, read once for a page that reads its form twice: rows by their number as text."""

    mine: set[int]
    crafts: dict[str, Craft]
    materials: dict[str, Material]
    bladed: set[int]

    @classmethod
    def to(cls, maker: Maker) -> "Known":
        """In four queries."""
        return cls(
            set(maker.crafts.values_list("pk", flat=True)),
            {str(craft.pk): craft for craft in Craft.objects.select_related("group")},
            {str(material.pk): material for material in Material.objects.all()},
            set(blade_crafts()),
        )


class WorkWords(PaperForm):
    """A work as it is described, with its country and, for another country, the import permit it stands on."""

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
    blade = CentimetresField(
        label=_("Length of the blade (cm)"),
        required=False,
        longest_cm=200,
        help_text=_("Carriers refuse long blades; without it the longest side counts."),
    )
    hours = WholeNumberField(label=_("Hours of work"), required=False, min_value=1, max_value=100_000)
    personal_most = WholeNumberField(
        label=_("Letters of the buyer's own text"),
        required=False,
        min_value=0,
        max_value=MOST_PERSONAL,
        help_text=_(
            "When you put a name or a line of the buyer's on this work: how many letters fit. Empty or 0 when you do not."
        ),
    )
    personal_hint_fa = forms.CharField(
        label=_("What the buyer should know about it, in Persian"),
        max_length=160,
        required=False,
        help_text=_("Such as where the text goes and in which letters."),
    )
    personal_hint_en = forms.CharField(
        label=_("What the buyer should know about it, in English"), max_length=160, required=False
    )
    origin_country = forms.ChoiceField(label=_("Country of origin"), initial=HOME)
    permit_number = forms.CharField(label=_("Number of the import permit"), max_length=60, required=False)
    permit_issued_on = DayField(label=_("Issued on"), required=False)

    def __init__(self, *args, maker: Maker, known: Known | None = None, **kwargs) -> None:
        super().__init__(*args, user=maker.owner, **kwargs)
        self.maker = maker
        self.known = known or Known.to(maker)
        self.crafts, self.known_materials = self.known.crafts, self.known.materials
        self._offer_choices(self.known.mine)
        self._ask_of_craft()
        if not self.known.bladed & self._named_crafts(self.known.mine):
            del self.fields["blade"]
        self.add_paper("permit_scan", label=_("Scan of the import permit"), folder="permits", needed=False)

    def _offer_choices(self, mine: set[int]) -> None:
        own = [(str(craft.pk), craft.name) for craft in self.crafts.values() if craft.pk in mine]
        groups = grouped(self.crafts.values(), lambda craft: craft.group.name)
        self.fields["craft"].choices = [("", _("Choose")), *([(_("Your crafts"), own)] if own else []), *groups]
        self.fields["materials"].choices = [(pk, material.name) for pk, material in self.known_materials.items()]
        self.fields["origin_country"].choices = countries(reader_language())
        if len(own) == 1:
            self.fields["craft"].initial = own[0][0]

    def _ask_of_craft(self) -> None:
        """The questions of the craft that this form speaks of."""
        craft = self.crafts.get(str(self["craft"].value() or ""))
        self.asked = fields_of(craft) if craft else []
        for field in self.asked:
            self.fields[FACT + field.code] = _question(field)

    def facts_asked(self) -> list[Any]:
        """The fields of those questions."""
        return [self[FACT + field.code] for field in self.asked]

    def _named_crafts(self, mine: set[int]) -> set[int]:
        """The maker's crafts, and the one that this form speaks of."""
        chosen = str(self["craft"].value() or "")
        return mine | ({int(chosen)} if chosen in self.crafts else set())

    def clean_craft(self) -> Craft:
        return self.crafts[self.cleaned_data["craft"]]

    def clean_materials(self) -> tuple[Material, ...]:
        return tuple(self.known_materials[pk] for pk in self.cleaned_data["materials"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.permit_is_told():
            missing = _("Write it as it stands on the permit.")
            for name in ("permit_number", "permit_issued_on"):
                if not self.cleaned_data.get(name) and not self.has_error(name):
                    self.add_error(name, ValidationError(missing, code="required"))
            self._require_scan()
        return cleaned

    def _require_scan(self) -> None:
        if "permit_scan" in self.papers or self.has_error("permit_scan"):
            return
        number = (self.cleaned_data.get("permit_number") or "").strip()
        if not self.maker.import_permits.filter(number=number).exists():
            self.add_error("permit_scan", ValidationError(_("Send the paper as a PDF or a photo."), code="no_paper"))

    def permit_is_told(self) -> bool:
        """Whether another country is chosen and something of its permit was typed; with nothing typed the rule itself answers."""
        told = any(self.cleaned_data.get(name) for name in ("permit_number", "permit_issued_on")) or self.papers.get(
            "permit_scan"
        )
        return self.cleaned_data.get("origin_country") not in (None, "", HOME) and bool(told)

    def permit_row(self) -> dict[str, Any]:
        """The scan of the permit, as it is kept."""
        return self.paper_row("permit_scan") | {"needed": True}

    def permit_facts(self) -> dict[str, Any] | None:
        """What `register_import_permit` asks for, or None."""
        if not self.permit_is_told():
            return None
        issued: date = self.cleaned_data["permit_issued_on"]
        scan = self.papers.get("permit_scan")
        return {
            "number": self.cleaned_data["permit_number"].strip(),
            "country": self.cleaned_data["origin_country"],
            "issued_on": issued,
        } | ({"scan": scan.name} if scan else {})

    def described(self) -> dict[str, Any]:
        """The work's own fields, as `Product` names them (materials apart)."""
        data = self.cleaned_data
        same = ("title_en", "craft", "description_en", "technique_fa", "technique_en", "hours", "origin_country")
        blade = {"blade_mm": data["blade"]} if "blade" in self.fields else {}
        return (
            {name: data[name] for name in same}
            | blade
            | {
                "length_mm": data["length"],
                "width_mm": data["width"],
                "height_mm": data["height"],
                "weight_grams": data["weight"],
                "facts": {
                    field.code: data[FACT + field.code]
                    for field in self.asked
                    if data[FACT + field.code] not in (None, "")
                },
                "personal_most": data["personal_most"] or 0,
                "personal_hint_fa": data["personal_hint_fa"],
                "personal_hint_en": data["personal_hint_en"],
            }
        )


class EditWorkForm(WorkWords):
    """Change a work. `confirmed` is the state of the origin that the maker was shown and agreed to."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(work: Product) -> dict[str, Any]:
        """The form as the work stands now."""
        permit = work.import_permit
        same = ("title_en", "description_en", "technique_fa", "technique_en", "hours", "origin_country")
        same += ("personal_hint_fa", "personal_hint_en")
        return {name: getattr(work, name) for name in same} | {
            "title_fa": work.title,
            "description_fa": work.description,
            "craft": str(work.craft_id),
            "materials": [str(material.pk) for material in work.materials.all()],
            "length": work.length_mm,
            "width": work.width_mm,
            "height": work.height_mm,
            "weight": work.weight_grams,
            "blade": work.blade_mm,
            "personal_most": work.personal_most or None,
            **{FACT + code: fact for code, fact in work.facts.items()},
            "permit_number": permit.number if permit else "",
            "permit_issued_on": permit.issued_on if permit else None,
        }

    def work_fields(self) -> dict[str, Any]:
        """What `edit_work` asks for."""
        data = self.cleaned_data
        return self.described() | {"title": data["title_fa"], "description": data["description_fa"]}
