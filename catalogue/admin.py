"""Staff look works up here; changes go through the services, so the admin shows and does not edit."""

from django.contrib import admin

from catalogue.models import Material, Product, ProductLine, Technique


class LookUpOnly(admin.ModelAdmin):
    """Search and read: what a rule guards is changed by its service."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Product)
class WorkAdmin(LookUpOnly):
    list_display = ("title", "maker", "craft", "origin_state", "domestic_until", "is_public")
    list_filter = ("origin_state", "is_public", "is_demo")
    list_select_related = ("maker", "craft")
    search_fields = ("title", "title_en", "maker__name_fa", "maker__name_en")
    raw_id_fields = ("maker", "craft", "city", "product_line", "parent")


@admin.register(ProductLine)
class ProductLineAdmin(LookUpOnly):
    list_display = ("name_fa", "maker", "craft")
    search_fields = ("name_fa", "name_en")


@admin.register(Technique)
class TechniqueAdmin(admin.ModelAdmin):
    """What a technique is called; works come to it by what their makers write."""

    list_display = ("name_fa", "name_en", "slug")
    search_fields = ("name_fa", "name_en")

    def has_add_permission(self, request) -> bool:
        return False


admin.site.register(Material)
