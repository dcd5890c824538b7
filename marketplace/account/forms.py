"""Forms of a buyer's own room."""

from marketplace.checkout.forms import AddressForm


class SavedAddressForm(AddressForm):
    """The checkout's address, without what belongs to one order."""

    email = note = None  # type: ignore[assignment]
