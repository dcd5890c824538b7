"""Becoming a maker."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.crafts.models import Craft
from marketplace.desks.fields import grouped
from marketplace.makers.models import Maker
from marketplace.places.models import City


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
