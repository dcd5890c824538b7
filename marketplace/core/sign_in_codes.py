"""In by a code to one's mobile; who has no account yet opens one with the mobile that is confirmed by it."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_otp import user_has_device

from marketplace.core import codes
from marketplace.core.models import OneTimeCode, User
from marketplace.core.rules import mobile_taken, require_code_is_enough

PURPOSE = OneTimeCode.Purpose.SIGN_IN


def prove_mobile(*, mobile: str, browser: str, digits: str) -> User | None:
    """Spend the code that was sent to a mobile (E.164); whose account it opens, or None where nobody has the mobile.

    Raises ValidationError: `code_not_right`, and for who typed it rightly `account_closed` or `code_not_enough`; then it is spent too.
    """
    codes.use(codes.code_of(purpose=PURPOSE, typed=mobile, digits=digits, browser=browser))
    user = User.objects.filter(mobile=mobile).first()
    if user is not None:
        require_code_is_enough(is_open=user.is_active, is_guarded=_is_guarded(user))
    return user


def _is_guarded(user: User) -> bool:
    """Whether the account acts for the market, or its person chose a second factor."""
    return user.is_staff or bool(user.get_all_permissions()) or user_has_device(user)


def confirm_mobile(*, user: User) -> bool:
    """Note that the account's mobile is its person's; true the first time, when somebody else may have opened the account with it."""
    now = timezone.now()
    unconfirmed = User.objects.filter(pk=user.pk, mobile=user.mobile, mobile_verified_at=None)
    return unconfirmed.update(mobile_verified_at=now) == 1


def open_account(*, mobile: str, name: str, language: str) -> User:
    """An account without a password, for who has proved the mobile. Raises ValidationError `contact_taken` for who comes second."""
    user = User(
        username=f"u{secrets.token_hex(8)}",
        first_name=name,
        language=language,
        mobile=mobile,
        mobile_verified_at=timezone.now(),
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # the same mobile, sent twice at once
        raise mobile_taken() from None
    return user
