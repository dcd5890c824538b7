from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User


@admin.register(User)
class MarketUserAdmin(UserAdmin):
    fieldsets = (*(UserAdmin.fieldsets or ()), (_("Market"), {"fields": ("mobile", "language", "currency_unit")}))
    search_fields = ("username", "email", "mobile")

    def save_model(self, request, obj, form, change) -> None:
        """Another mobile is one that nobody has confirmed."""
        if "mobile" in form.changed_data:
            obj.mobile_verified_at = None
        super().save_model(request, obj, form, change)
