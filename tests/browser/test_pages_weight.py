"""What a first visit costs a reader on a small phone: bytes over the wire, compressed, with an empty cache."""

import pytest

from tests.journeys.steps import workshop_offers

pytestmark = pytest.mark.browser

#: Bytes of a first view at 360 px, pixel ratio 1.
MOST = 500_000


@pytest.mark.parametrize("name", ["home", "city", "search", "work"])
def test_a_first_view_is_light(name, live_site, page_at, first_view_bytes, capsys):
    weight = first_view_bytes(page_at(360, "fa"), _address(name, live_site))

    with capsys.disabled():
        print(f"\nfirst view of {name}: {weight / 1000:.0f} kB")
    assert 20_000 < weight < MOST


def _address(name: str, site) -> str:
    if name != "work":
        return {"home": "/", "city": "/city/sirjan/", "search": "/search/"}[name]
    work = next(workshop_offers(site, city="sirjan"))[1]
    slug = site.sql("SELECT slug FROM catalogue_product WHERE id = ?", work)[0][0]
    return f"/work/{work}/{slug}/"
