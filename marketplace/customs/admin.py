"""Officers add figures here, each with its day and source; what was written stays. Confirmed HS codes are looked up."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from catalogue.admin import LookUpOnly
from marketplace.core.clock import today
from marketplace.customs.models import ExportFigure, HsConfirmation
from marketplace.customs.rules import require_coming_figure
from marketplace.customs.services import write_figure


class FigureForm(forms.ModelForm):
    """A new figure; its day is today or later."""

    class Meta:
        model = ExportFigure
        fields = ("code", "value", "severity", "standing", "valid_from", "noted_on", "source_fa", "source_en")

    def clean_valid_from(self) -> Any:
        """The day it takes over."""
        require_coming_figure(valid_from=self.cleaned_data["valid_from"], on=today())
        return self.cleaned_data["valid_from"]


@admin.register(ExportFigure)
class ExportFigureAdmin(LookUpOnly):
    form = FigureForm
    list_display = ("code", "value", "severity", "standing", "valid_from", "by")
    list_filter = ("code",)
    list_select_related = ("by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(self, request: HttpRequest, obj: ExportFigure, form: Any, change: bool) -> None:
        saved = write_figure(**form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        obj.pk = saved.pk


@admin.register(HsConfirmation)
class HsConfirmationAdmin(LookUpOnly):
    list_display = ("code", "work", "basis", "by", "at")
    list_select_related = ("work", "by")
    search_fields = ("code", "work__title", "work__title_en")
