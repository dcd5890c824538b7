"""Where the market keeps what belongs to a person: what their export holds, and what becomes of it when the account is closed.

One table for all rooms: `tests/account/test_personal_table.py` walks every model and fails when a column that looks personal
stands neither here nor in its list of what is not, with a reason.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import JSONField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from marketplace.core.models import User

#: An order's address once nobody may know it; the shape stays, so that the order can still be read.
NO_CONTACT = dict.fromkeys(
    ("name", "province", "province_fa", "province_en", "city", "address", "postal_code", "mobile", "email", "note"), ""
)
NO_POST = dict.fromkeys(("first_name", "last_name", "line1", "line2", "line3", "line4", "state", "postcode"), "")


@dataclass(frozen=True)
class Kept:
    """Rows of a model that belong to a person: `owner` is the path to them, empty where only `by_value` tells whose they are
    (in a JSON column: where one of its values is their address or number).

    `instead` are the columns replaced at the end of an account; without it the rows are deleted.
    """

    model: str
    owner: str
    fields: tuple[str, ...]
    instead: dict[str, Any] | None = None
    by_value: str = ""
    only: Q = field(default_factory=Q)

    def rows(self, user: User) -> QuerySet:
        """The person's rows and nobody else's."""
        rows = apps.get_model(self.model)._base_manager.filter(self.only)
        if self.owner:
            return rows.filter(**{self.owner: user.pk}).distinct()
        known = [one for one in (user.email, user.mobile) if one]
        if isinstance(rows.model._meta.get_field(self.by_value), JSONField):
            rows = rows.annotate(_said=Cast(self.by_value, TextField()))
            return rows.filter(reduce(or_, (Q(_said__icontains=json.dumps(one)) for one in known), Q(pk__in=[])))
        return rows.filter(**{f"{self.by_value}__in": known})

    @property
    def columns(self) -> set[str]:
        """What a test may take as registered, in the form app.Model.column."""
        return {f"{self.model}.{name}" for name in {*self.fields, *(self.instead or {}), self.by_value} if name}


#: Deeper rows first, so that deletion meets no row that still leans on another.
TABLE = (
    Kept(
        "address.UserAddress",
        "user",
        ("first_name", "last_name", "line1", "line2", "line3", "line4", "state", "postcode", "phone_number", "notes"),
    ),
    Kept("core.Notice", "user", ("kind", "text_fa", "text_en", "at", "read_at")),
    Kept("saved.SavedSearch", "user", ("name", "query", "often", "saved_at")),
    Kept("wishlists.Line", "wishlist__owner", ("title", "quantity", "note")),
    Kept("wishlists.WishListSharedEmail", "wishlist__owner", ("email",)),
    Kept("wishlists.WishList", "owner", ("name", "note", "share_code", "date_created")),
    Kept(
        "basket.Line",
        "basket__owner",
        ("quantity", "date_created", "gift_note", "personal_text"),
        only=Q(basket__status__in=("Open", "Saved")),
    ),
    Kept(
        "basket.Line",
        "basket__owner",
        ("gift_note", "personal_text"),
        {"gift_note": "", "personal_text": ""},
        only=~Q(basket__status__in=("Open", "Saved")),
    ),
    Kept(
        "order.Line",
        "order__user",
        ("title", "quantity", "gift_wrap", "gift_note", "personal_text"),
        {"gift_note": "", "personal_text": ""},
    ),
    Kept("basket.Basket", "owner", ("status", "date_created"), only=Q(status__in=("Open", "Saved"))),
    Kept("analytics.UserSearch", "user", ("query", "date_created")),
    Kept("analytics.UserProductView", "user", ("date_created",)),
    Kept(
        "analytics.UserRecord", "user", ("num_product_views", "num_basket_additions", "num_orders", "date_last_order")
    ),
    Kept("reviews.Vote", "user", ("delta", "date_created")),
    Kept("reviews.ProductReview", "user", ("title", "body", "name", "email", "homepage", "date_created")),
    Kept("communication.Notification", "recipient", ("subject", "body", "date_sent")),
    Kept("communication.Email", "user", ("email", "subject", "body_text", "body_html", "date_sent")),
    Kept("customer.ProductAlert", "user", ("email", "date_created")),
    Kept("payment.Bankcard", "user", ("name", "number", "expiry_date")),
    Kept("authenticity.Passport", "owner", ("code", "serial"), {"owner": None}),
    Kept("authenticity.Doubt", "", ("text", "contact", "at"), {"contact": ""}, by_value="contact"),
    Kept("wagtailforms.FormSubmission", "", ("form_data", "submit_time"), by_value="form_data"),
    Kept("buyer_reviews.Review", "by", ("stars", "text", "name", "place", "at"), {"name": "", "place": ""}),
    Kept("talks.MessagePhoto", "message__by", ("file",)),
    Kept("talks.Message", "by", ("text", "at", "from_buyer"), {"text": ""}),
    Kept("order.Letter", "order__user", ("text_fa", "text_en", "at")),
    Kept("order.OrderNote", "user", ("note_type", "message", "date_created")),
    Kept("order.ReturnPhoto", "of_return__seller_order__order__user", ("file",)),
    Kept(
        "order.Return",
        "seller_order__order__user",
        ("number", "reason", "text", "state", "answer", "asked_at"),
        {"text": "", "answer": ""},
    ),
    Kept(
        "order.ShippingAddress",
        "order__user",
        (*NO_POST, "phone_number", "notes"),
        {**NO_POST, "phone_number": "", "notes": "", "search_text": ""},
    ),
    Kept("order.BillingAddress", "order__user", tuple(NO_POST), {**NO_POST, "search_text": ""}),
    Kept("bookings.Letter", "booking__user", ("text_fa", "text_en", "at")),
    Kept(
        "bookings.Booking",
        "user",
        ("number", "name", "mobile", "email", "party", "state", "amount_rial", "created_at"),
        {"name": "", "mobile": "", "email": ""},
    ),
    Kept("payments.Refund", "attempt__order__user", ("number", "amount_rial", "iban"), {"iban": ""}),
    Kept(
        "order.Order",
        "user",
        ("number", "date_placed", "total_incl_tax", "guest_email", "guest_mobile"),
        {"guest_email": "", "guest_mobile": ""},
    ),
    Kept(
        "checkout.Purchase",
        "user",
        ("number", "created_at", "total_rial", "email", "mobile", "address"),
        {"email": "", "mobile": "", "address": NO_CONTACT},
    ),
    Kept("joining.Joining", "maker__owner", ("legal_name", "code_end", "portrait", "workshop", "sent_at", "returned")),
    Kept("otp_static.StaticDevice", "user", ("name",)),
    Kept("otp_totp.TOTPDevice", "user", ("name",)),
    Kept("wagtailusers.UserProfile", "user", ("preferred_language",)),
    Kept(
        "core.User",
        "pk",
        (
            "username",
            "first_name",
            "last_name",
            "email",
            "mobile",
            "mobile_verified_at",
            "language",
            "currency_unit",
            "notice_ways",
            "date_joined",
            "last_login",
        ),
        {},
    ),
)


def export_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything the table knows of a person, by model; empty ones are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kept, rows in _exported(user):
        if rows:
            found.setdefault(kept.model, []).extend(rows)
    return found


def _exported(user: User) -> Iterator[tuple[Kept, list[dict[str, Any]]]]:
    for kept in TABLE:
        rows = kept.rows(user)
        yield (
            kept,
            [{name: _plain(value) for name, value in row.items()} for row in rows.order_by("pk").values(*kept.fields)],
        )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | dict | list) else str(value)
