"""What a first visit costs a reader on a small phone: bytes over the wire, compressed, with an empty cache."""

import pytest

from tests.journeys.steps import workshop_offers

pytestmark = pytest.mark.browser

#: Bytes of a first view at 360 px.
MOST = 500_000
MOST_OF_LABEL = 60_000


@pytest.mark.parametrize("scale", [1, 1.75], ids=["one pixel to a point", "1.75"])
@pytest.mark.parametrize("name", ["home", "city", "map", "search", "work"])
def test_a_first_view_is_light(name, scale, live_site, page_at, first_view_bytes, capsys):
    weight = first_view_bytes(page_at(360, "fa", device_scale_factor=scale), _address(name, live_site))

    with capsys.disabled():
        print(f"\nfirst view of {name}, {scale} px to a point: {weight / 1000:.0f} kB")
    assert 20_000 < weight < MOST


def test_the_first_view_of_a_label_is_lighter_still(live_site, page_at, first_view_bytes, capsys):
    """Read on a cheap phone in a bazaar: no web font, one picture, whatever the pixels of the screen."""
    live_site.manage("shell", "-c", _LABEL)
    code = live_site.sql("SELECT code FROM authenticity_passport ORDER BY id DESC LIMIT 1")[0][0]
    for scale in (1, 3):
        weight = first_view_bytes(page_at(360, "fa", device_scale_factor=scale), f"/v/{code}")
        with capsys.disabled():
            print(f"\nfirst view of a label, {scale} px to a point: {weight / 1000:.1f} kB")
        assert 5_000 < weight < MOST_OF_LABEL


_LABEL = """
from authenticity.passports import make_labels
from catalogue.models import Product
from marketplace.core.clock import today
licensed = Product.objects.filter(maker__licences__pieces_a_year__gt=0, parent=None).domestic_on(today())
make_labels(work=licensed.order_by("pk")[0], count=1, is_demo=True)
"""


def _address(name: str, site) -> str:
    if name != "work":
        return {"home": "/", "city": "/city/sirjan/", "map": "/city/kerman/map/", "search": "/search/"}[name]
    work = next(workshop_offers(site, city="sirjan"))[1]
    slug = site.sql("SELECT slug FROM catalogue_product WHERE id = ?", work)[0][0]
    return f"/work/{work}/{slug}/"
