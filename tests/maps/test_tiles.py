"""A tile address, and what the content policy has to allow for it."""

import pytest

from marketplace.maps.tiles import tile_host


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("", ""),
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", "https://*.tiles.example:8443"),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000"),
    ],
)
def test_the_host_of_an_address_is_allowed(address, host):
    assert tile_host(address) == host


@pytest.mark.parametrize(
    "address", ["https://tiles.example/", "http://tiles.example/{z}/{x}/{y}.png", "javascript:{z}{x}{y}"]
)
def test_an_address_that_is_no_safe_template_is_refused(address):
    with pytest.raises(ValueError, match="MAP_TILES is not"):
        tile_host(address)
