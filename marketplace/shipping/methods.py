"""What Oscar's order calls the way it is sent: each maker's part says more (`SellerOrder.delivery`)."""

from oscar.apps.shipping.methods import Base


class AsChosen(Base):
    """Each maker's part goes the way that was chosen for it; the price is worked out before, by `shipping.services`."""

    code = "as-chosen"
    name = "as chosen for each maker"
