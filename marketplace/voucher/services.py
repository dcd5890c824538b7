"""The verbs of vouchers in a basket. Entering one takes no use: uses are taken at "pay" (`offer.uses`)."""

from marketplace.voucher.models import Voucher, written
from marketplace.voucher.rules import require_room_for_voucher, unknown_voucher


def enter_voucher(*, basket, code: str, user) -> Voucher:
    """Put the voucher of a typed code into a basket; entering it twice keeps it once. Raises ValidationError and adds nothing."""
    voucher = Voucher.objects.filter(code=written(code)).first()
    if voucher is None:
        raise unknown_voucher()
    voucher.require_usable(user)
    held = list(basket.vouchers.all())
    if voucher not in held:
        require_room_for_voucher(len(held))
        basket.vouchers.add(voucher)
    return voucher


def remove_voucher(*, basket, voucher_id: int) -> Voucher | None:
    """Take a voucher out of a basket; None when it was not in it."""
    voucher = basket.vouchers.filter(pk=voucher_id).first()
    if voucher is not None:
        basket.vouchers.remove(voucher)
    return voucher
