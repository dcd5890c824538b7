"""Where officers enter what works are compared with. After a change every work is asked about again, by the worker."""

from django.contrib import admin

from marketplace.suspicion.inquiry import ask_all
from marketplace.suspicion.models import BrandName, LabourFloor


class Compared(admin.ModelAdmin):
    """A table that works are compared with."""

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        ask_all()


@admin.register(BrandName)
class BrandNameAdmin(Compared):
    list_display = ("name", "note", "since", "until", "is_demo")
    search_fields = ("name", "note")


@admin.register(LabourFloor)
class LabourFloorAdmin(Compared):
    list_display = ("craft_group", "rial_per_hour", "since", "source", "is_demo")
    list_filter = ("craft_group",)
