"""Staff look sellers up here, and say that a Sheba number was compared with its paper."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.admin import LookUpOnly
from marketplace.core.clock import today
from marketplace.partner.ibans import verify_iban
from marketplace.partner.models import Partner


@admin.register(Partner)
class SellerAdmin(LookUpOnly):
    list_display = ("name", "iban", "iban_owner", "iban_verified_on")
    list_filter = (("iban_verified_on", admin.EmptyFieldListFilter),)
    search_fields = ("name", "iban", "iban_owner")
    actions = ("verify",)

    def has_verify_permission(self, request) -> bool:
        return request.user.has_perm("partner.change_partner")

    @admin.action(permissions=["verify"], description=_("The Sheba number agrees with its paper"))
    def verify(self, request, queryset) -> None:
        for seller in queryset.exclude(iban=""):
            try:
                verify_iban(seller=seller, on=today())
            except ValidationError as error:
                messages.error(request, f"{seller.name}: {error.messages[0]}")
