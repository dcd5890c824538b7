"""Which codes are GTINs, and whose office gave them out. The numbers are made up, their check digits worked out by hand."""

import pytest

from marketplace.suspicion.gtin import gtin, prefix


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("6261234567897", "6261234567897"),
        ("626 1234 567897", "6261234567897"),
        ("۶۲۶۱۲۳۴۵۶۷۸۹۷", "6261234567897"),
        ("6261234567895", ""),  # wrong check digit
        ("8691234567896", ""),
        ("8691234567890", "8691234567890"),
        ("036000291452", "036000291452"),
        ("96385074", "96385074"),
        ("10036000291459", "10036000291459"),
        ("demo-000001", ""),
        ("12345", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_gtin_has_a_known_length_and_its_check_digit(text, digits):
    assert gtin(text) == digits


@pytest.mark.parametrize(
    ("code", "given_by"),
    [
        ("6261234567897", "626"),
        ("8691234567890", "869"),
        ("036000291452", "003"),  # a GTIN-12 is a GTIN-13 without its leading 0
        ("10036000291459", "003"),  # a GTIN-14 begins with the packing level
        ("96385074", "963"),
        ("2001234567893", ""),  # for use within a shop
        ("9771234567898", ""),  # a journal
        ("02345673", ""),  # a GTIN-8 for use within a company
    ],
)
def test_prefix_of_a_gtin(code, given_by):
    assert prefix(code) == given_by
