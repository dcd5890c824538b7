"""What waits for a person is told to the staff, with a link to it."""

from typing import Any

from django.urls import reverse

from marketplace.core.models import User
from marketplace.core.notices import notify
from marketplace.payments.models import PaymentAttempt, Refund


def tell_staff(sentence: Any, one: PaymentAttempt | Refund) -> None:
    """One message to each of the staff, in the transaction of what it tells. The sentence may name `%(number)s`."""
    page = reverse(f"admin:payments_{one._meta.model_name}_change", args=[one.pk])
    staff = User.objects.filter(is_staff=True, is_active=True)
    notify(users=staff, kind="payment", sentence=sentence, params={"number": one.number}, link=page)
