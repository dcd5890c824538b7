"""Staff look payments up here, above all those in suspense; their states move by services alone."""

from django.contrib import admin

from catalogue.admin import LookUpOnly
from marketplace.payments.models import PaymentAttempt


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(LookUpOnly):
    list_display = ("number", "state", "amount_rial", "gateway", "code", "reason_code", "reference", "created_at")
    list_filter = ("state", "reason_code", "gateway")
    search_fields = ("number", "authority", "reference")
    date_hierarchy = "created_at"
