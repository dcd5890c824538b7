import pytest

from marketplace.address.models import Country
from marketplace.order.models import Line, Order, SellerOrder, ShippingAddress
from marketplace.partner.models import StockRecord


@pytest.fixture
def sold(kilim, buyer):
    """An order of one kilim by a buyer of Yazd."""
    country = Country.objects.create(iso_3166_1_a2="IR", printable_name="Iran", name="Iran")
    address = ShippingAddress.objects.create(
        first_name="مینا", last_name="رضایی", line1="کوچهٔ نهم", line4="یزد", postcode="8916712345", country=country
    )
    order = Order.objects.create(
        number="R-1",
        user=buyer,
        shipping_address=address,
        currency="IRR",
        total_incl_tax=180_000_000,
        total_excl_tax=180_000_000,
    )
    offer = StockRecord.objects.get(product=kilim)
    mine = SellerOrder.objects.create(order=order, seller=offer.partner, number="R-1-1", total_rial=180_000_000)
    Line.objects.create(
        order=order,
        seller_order=mine,
        product=kilim,
        stockrecord=offer,
        partner=offer.partner,
        partner_name="",
        partner_sku="W1",
        title=kilim.title,
        quantity=1,
        line_price_incl_tax=180_000_000,
        line_price_excl_tax=180_000_000,
        line_price_before_discounts_incl_tax=180_000_000,
        line_price_before_discounts_excl_tax=180_000_000,
        maker=kilim.maker,
        num_allocated=1,
    )
    return mine


def test_the_maker_sees_the_order_and_of_the_buyer_the_city_only(at_desk, sold, kilim):
    for path in ("/desk/orders/", "/desk/"):
        page = at_desk.get(path).content.decode()
        assert all(shown in page for shown in ("R-1-1", kilim.title, "یزد"))
        assert not any(hidden in page for hidden in ("مینا", "رضایی", "کوچهٔ نهم", "8916712345", "buyer@example.org"))


def test_another_maker_sees_nothing_of_it(client, other_artisan, coppersmith, sold):
    client.force_login(other_artisan)
    page = client.get("/desk/orders/").content.decode()
    assert "R-1-1" not in page
    assert "یزد" not in page
