"""Staff look payments and refunds up here, above all those that wait for a person; their states move by services alone."""

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalogue.admin import LookUpOnly
from marketplace.payments.gateways.overview import overview
from marketplace.payments.models import ForeignRate, GatewayEvent, PaymentAttempt, Refund


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(LookUpOnly):
    list_display = (
        "number",
        "state",
        "amount_rial",
        "paid_rial",
        "gateway",
        "code",
        "reason_code",
        "reference",
        "created_at",
    )
    list_filter = ("state", "reason_code", "gateway", ("disputed_at", admin.EmptyFieldListFilter))
    search_fields = ("number", "authority", "reference")
    date_hierarchy = "created_at"

    def get_urls(self):
        page = path("gateways/", self.admin_site.admin_view(self.gateways), name="payments_gateways")
        return [page, *super().get_urls()]

    def gateways(self, request: HttpRequest) -> TemplateResponse:
        """Which gateways there are, which are offered, to whom, and why one is off."""
        context = self.admin_site.each_context(request) | {"title": _("Payment gateways"), "rows": overview()}
        return TemplateResponse(request, "admin/payments/gateways.html", context)


@admin.register(Refund)
class RefundAdmin(LookUpOnly):
    list_display = ("number", "state", "amount_rial", "attempt", "source", "code", "reference", "iban", "created_at")
    list_filter = ("state", "attempt__gateway")
    list_select_related = ("attempt",)
    search_fields = ("number", "source", "attempt__number")
    date_hierarchy = "created_at"


@admin.register(GatewayEvent)
class GatewayEventAdmin(LookUpOnly):
    list_display = ("event_id", "gateway", "kind", "received_at", "done_at")
    list_filter = ("gateway", "kind")
    search_fields = ("event_id",)


@admin.register(ForeignRate)
class ForeignRateAdmin(admin.ModelAdmin):
    """Rates are entered here, each with its source; one that payments were made with stays on them."""

    list_display = ("currency", "rial_per_unit", "valid_from", "source")
    list_filter = ("currency",)
