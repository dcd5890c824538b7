"""Staff look sessions and bookings up; services alone change them."""

from django.contrib import admin

from catalogue.admin import LookUpOnly
from marketplace.bookings.models import Booking, BookingStep, Session


@admin.register(Session)
class SessionAdmin(LookUpOnly):
    list_display = ("title_fa", "kind", "city", "maker", "starts_at", "places", "taken", "price_rial", "cancelled_at")
    list_filter = ("kind", "city", "is_demo")
    search_fields = ("title_fa", "title_en")
    date_hierarchy = "starts_at"


class StepInline(admin.TabularInline):
    model = BookingStep
    fields = readonly_fields = ("state", "by", "reason", "at")
    extra = 0
    can_delete = False


@admin.register(Booking)
class BookingAdmin(LookUpOnly):
    list_display = ("number", "session", "name", "party", "state", "amount_rial", "created_at")
    list_filter = ("state",)
    search_fields = ("number", "name", "mobile")
    exclude = ("code",)
    inlines = (StepInline,)
