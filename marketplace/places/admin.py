"""Places on the maps, for officers; editors have the same as a snippet of their editor."""

from django.contrib import admin

from marketplace.places.models import Spot


@admin.register(Spot)
class SpotAdmin(admin.ModelAdmin):
    list_display = ("__str__", "kind", "city", "latitude", "longitude", "source", "is_demo")
    list_filter = ("kind", "is_demo", "city")
    list_select_related = ("city",)
    search_fields = ("name_fa", "name_en", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    raw_id_fields = ("maker", "venue")
