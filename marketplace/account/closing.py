"""The end of an account: what belongs to its person goes, orders and books stay without a name."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction

from marketplace.account import rules
from marketplace.account.personal import TABLE, Kept
from marketplace.bookings.queries import booked_ahead
from marketplace.checkout.models import Purchase
from marketplace.core.models import User
from marketplace.export.models import Exporter
from marketplace.makers.models import Maker
from marketplace.order.models import Line, Return, SellerOrder

ENDED = (SellerOrder.State.DELIVERED, SellerOrder.State.CANCELLED, SellerOrder.State.RETURNED)


def _under_way(user: User) -> list[str]:
    parts = SellerOrder.objects.filter(order__user=user).exclude(state__in=ENDED)
    returns = Return.objects.filter(seller_order__order__user=user, ended_at=None)
    held = Purchase.objects.filter(user=user, state=Purchase.State.RESERVED)
    return [
        *parts.values_list("order__number", flat=True),
        *returns.values_list("seller_order__order__number", flat=True),
        *held.values_list("number", flat=True),
    ]


def require_closable(user: User) -> None:
    """Raises ValidationError with a sentence that says what has to happen first."""
    trades = any(
        rows.exists()
        for rows in (
            Maker.objects.filter(owner=user),
            Exporter.objects.filter(user=user),
            user.partners,
            user.venues,
            user.jury_seats,
        )
    )
    rules.require_buyer_only(user, trades=trades)
    rules.require_finished_orders(_under_way(user))
    rules.require_no_places_booked(booked_ahead(user))


def close_account(*, user: User) -> None:
    """Erase a person. Raises ValidationError and changes nothing; files go once the rest is committed."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        require_closable(user)
        for kept in TABLE:
            if kept.model != "core.User":
                _erase(kept, user)
        _end_sessions(user)
        _empty(user)


def _erase(kept: Kept, user: User) -> None:
    rows = kept.rows(user)
    # of any table, an order's lines among them: tests/writers.py reads the type
    chosen: models.QuerySet[Line] | models.QuerySet[Any] = rows.model._base_manager.filter(
        pk__in=list(rows.values_list("pk", flat=True))
    )
    if kept.instead is not None:
        chosen.update(**kept.instead)
        return
    _forget_files(chosen)
    chosen.delete()


def _forget_files(rows: models.QuerySet) -> None:
    for column in (one for one in rows.model._meta.concrete_fields if isinstance(one, models.FileField)):
        for name in rows.values_list(column.name, flat=True):
            if name:
                transaction.on_commit(lambda name=name, storage=column.storage: storage.delete(name))


def _end_sessions(user: User) -> None:
    """Sessions hold the address typed last. They are not indexed by person, so all are read: it happens once an account."""
    mine = [one.pk for one in Session.objects.iterator() if one.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=mine).delete()


def _empty(user: User) -> None:
    """The row stays, because orders lean on it; it names nobody and opens no door."""
    user.username, user.first_name, user.last_name = f"closed-{user.pk}", "", ""
    user.email, user.mobile, user.last_login, user.is_active = "", None, None, False
    user.mobile_verified_at, user.notice_ways = None, {}
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
