"""Officers write carriers that go abroad and their tables of rates here; a table that was in force stays as it was."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from marketplace.core.clock import today
from marketplace.export.models import ForeignCarrier, ForeignTariff
from marketplace.export.table_rules import require_coming_table, require_whole_table


@admin.register(ForeignCarrier)
class ForeignCarrierAdmin(admin.ModelAdmin):
    list_display = ("code", "name_fa", "kind", "max_grams", "max_side_mm", "divisor", "is_active", "is_demo")
    list_filter = ("kind", "is_active")


class TariffForm(forms.ModelForm):
    """A table from a day on."""

    class Meta:
        model = ForeignTariff
        fields = ("carrier", "valid_from", "valid_until", "zones", "steps", "source", "is_demo")

    def clean(self) -> dict[str, Any]:
        """The rules of a table, each once."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("valid_from"):
            require_coming_table(cleaned["valid_from"], on=today())
        if "zones" in cleaned and "steps" in cleaned:
            require_whole_table(cleaned["zones"], cleaned["steps"])
        return cleaned


@admin.register(ForeignTariff)
class ForeignTariffAdmin(admin.ModelAdmin):
    form = TariffForm
    list_display = ("carrier", "valid_from", "valid_until", "source", "is_demo")
    list_filter = ("carrier",)
    list_select_related = ("carrier",)

    def has_change_permission(self, request: HttpRequest, obj: ForeignTariff | None = None) -> bool:
        begun = obj is not None and obj.valid_from < today()
        return not begun and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ForeignTariff | None = None) -> bool:
        begun = obj is not None and obj.valid_from < today()
        return not begun and super().has_delete_permission(request, obj)
