"""Staff keep the rules of commission here, and look the books up; the books are written by `books` alone."""

from django.contrib import admin

from catalogue.admin import LookUpOnly
from marketplace.ledger.models import CommissionRule, CommissionTax, Entry, PayoutItem, Posting


@admin.register(CommissionRule)
class CommissionRuleAdmin(admin.ModelAdmin):
    list_display = (
        "position",
        "share_bp",
        "maker_kind",
        "craft_group",
        "craft",
        "venue",
        "valid_from",
        "valid_until",
        "is_demo",
    )
    list_filter = ("maker_kind", "is_demo")


@admin.register(CommissionTax)
class CommissionTaxAdmin(admin.ModelAdmin):
    list_display = ("share_bp", "valid_from", "valid_until", "source")


class PostingInline(admin.TabularInline):
    model = Posting
    fields = readonly_fields = ("account", "what", "amount_rial")
    extra = 0
    can_delete = False


@admin.register(Entry)
class EntryAdmin(LookUpOnly):
    list_display = ("id", "source", "event", "on", "reference", "sealed_at")
    search_fields = ("source", "reference")
    date_hierarchy = "on"
    inlines = (PostingInline,)


@admin.register(PayoutItem)
class PayoutItemAdmin(LookUpOnly):
    list_display = ("trace", "payout", "seller", "amount_rial", "iban", "state", "changed_on")
    list_filter = ("state",)
    search_fields = ("trace", "payout__number", "iban")
