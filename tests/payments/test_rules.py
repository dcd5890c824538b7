"""One sentence for every payment of another amount."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.payments.rules import another_amount, require_own_amount


def test_exactly_what_is_owed_is_accepted():
    require_own_amount(180_000_000, 180_000_000)


@pytest.mark.parametrize("paid", [0, 179_999_999, 180_000_001, 18_000_000])
def test_more_or_less_than_is_owed_is_refused(paid):
    with pytest.raises(ValidationError) as error:
        require_own_amount(paid, 180_000_000)
    assert (error.value.code, error.value.messages) == ("amount_mismatch", another_amount().messages)
