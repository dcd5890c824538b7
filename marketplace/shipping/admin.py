"""How works of crafts are sent is kept here; carriers and rates have pages of their own at the officer's desk."""

from django.contrib import admin

from marketplace.shipping.models import CraftParcel


@admin.register(CraftParcel)
class CraftParcelAdmin(admin.ModelAdmin):
    list_display = ("__str__", "usual_grams", "folds", "has_blade", "valid_from", "is_demo")
    list_filter = ("has_blade", "is_demo")
    list_select_related = ("craft", "craft_group")
