"""How a buyer comes back from a gateway: the address proves that it was us who gave it, and says nothing about money."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from marketplace.payments.models import PaymentAttempt


def proof_of(attempt: PaymentAttempt) -> str:
    """For gateways that do not name the payment when a buyer turns back."""
    return Signer(salt="marketplace.payments.callbacks").signature(attempt.number)


def is_from_us(attempt: PaymentAttempt, *, authority: str, proof: str) -> bool:
    """Whether a buyer came by an address that only we or the gateway could give."""
    by_gateway = bool(attempt.authority) and constant_time_compare(authority, attempt.authority)
    return by_gateway or constant_time_compare(proof, proof_of(attempt))
