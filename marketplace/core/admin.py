from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User


@admin.register(User)
class MarketUserAdmin(UserAdmin):
    fieldsets = (*(UserAdmin.fieldsets or ()), (_("Market"), {"fields": ("mobile", "language", "currency_unit")}))
    search_fields = ("username", "email", "mobile")
