"""A national code that can be one; every act from every state."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.joining import rules
from marketplace.makers.models import Maker

State = Maker.State
ALLOWED = {
    ("send", "started"): "waiting",
    ("send", "returned"): "waiting",
    ("return", "waiting"): "returned",
    ("approve", "waiting"): "active",
    ("suspend", "active"): "suspended",
    ("reopen", "suspended"): "active",
    ("reopen", "closed"): "active",
    ("close", "active"): "closed",
    ("close", "suspended"): "closed",
}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0012345679", "0012345679"),
        ("۰۰۱۲۳۴۵۶۷۹", "0012345679"),
        (" 001-234567-9 ", "0012345679"),
        ("0000000140", "0000000140"),  # what is left is 0, and stays 0
        ("0000000051", "0000000051"),  # what is left is 1, and stays 1
    ],
)
def test_a_code_whose_check_digit_fits_is_read(typed, code):
    assert rules.require_national_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "001234567",
        "00123456790",
        "0012345678",
        "1111111111",
        "0000000000",
        "۹۹۹۹۹۹۹۹۹۹",
        "00123x5679",
        "²012345679",
    ],
)
def test_what_can_be_no_code_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        rules.require_national_code(typed)
    assert refused.value.code == "bad_national_code"


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", rules.MOVES)
def test_every_act_from_every_state(verb, state):
    if (verb, state) in ALLOWED:
        assert rules.require_move(verb, state) == ALLOWED[verb, state]
        return
    with pytest.raises(ValidationError) as refused:
        rules.require_move(verb, state)
    assert refused.value.code == "no_such_move"
