"""Portions of a line add up to the line, to the rial."""

from hypothesis import given
from hypothesis import strategies as st

from marketplace.order.models import Line
from marketplace.order.money import Share, share_of, whole

RIAL = st.integers(0, 10**12)


@given(st.integers(1, 12), RIAL, RIAL, RIAL, st.data())
def test_portions_add_up_to_the_line(quantity, goods, commission, tax, data):
    discount = data.draw(st.integers(0, goods))
    line = Line(
        quantity=quantity,
        line_price_before_discounts_incl_tax=goods,
        line_price_incl_tax=goods - discount,
        commission_rial=commission,
        commission_tax_rial=tax,
    )
    total, left = Share(), quantity
    while left:
        pieces = data.draw(st.integers(1, left))
        portion = share_of(line, pieces)
        assert min(portion.goods, portion.discount, portion.commission, portion.tax) >= 0
        total, left = total + portion, left - pieces
        line.cancelled += pieces
    assert total == whole(line)


def test_a_third_of_ten_rial_leaves_none_behind():
    line = Line(quantity=3, line_price_before_discounts_incl_tax=10, line_price_incl_tax=10)
    portions = []
    for _nth in range(3):
        portions.append(share_of(line, 1).goods)
        line.returned += 1
    assert portions == [3, 3, 4]
