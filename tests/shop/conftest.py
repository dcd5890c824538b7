"""What the public pages are shown with: sealed, foreign, sold and sealed-off works, all in the index."""

from datetime import date

import pytest

from authenticity.models import SealGrant, SealScheme
from catalogue.models import Product, ProductImage
from marketplace.core import sms
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.search.services import index_works


def add_image(work: Product, colour: str = "#884422") -> ProductImage:
    """A stored picture as the pipeline leaves it; no file is needed to name one."""
    order = work.images.count()
    return ProductImage.objects.create(
        product=work,
        original=f"works/{work.pk}-{order}-1200.webp",
        width=1200,
        height=1200,
        sizes={str(width): f"works/{work.pk}-{order}-{width}.webp" for width in (320, 640, 1200)},
        colour=colour,
        alt_fa="گلیم با لوزی‌های سرخ",
        alt_en="A kilim with red diamonds",
        display_order=order,
        is_demo=True,
    )


@pytest.fixture
def scheme(day):
    return SealScheme.objects.create(
        slug="national-seal",
        name_fa="مهر اصالت ملی",
        name_en="National seal",
        body_fa="میراث فرهنگی",
        body_en="Cultural Heritage",
    )


@pytest.fixture
def seal(scheme, kilim_line, weaver):
    """In force from 2025 to 2028."""
    return SealGrant.objects.create(
        scheme=scheme,
        product_line=kilim_line,
        maker=weaver,
        number="S-1",
        valid_from=date(2025, 1, 1),
        valid_until=date(2028, 1, 1),
    )


@pytest.fixture
def market(kilim, seal, foreign_tray, unproven_tray, bazaar):
    """The sealed kilim in its workshop and in the bazaar, a foreign tray, an unproven one; two pictures each."""
    offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    works = [kilim, foreign_tray, unproven_tray]
    for work in works:
        add_image(work)
        add_image(work)
    index_works([work.pk for work in works])
    return works


@pytest.fixture
def more_works(weaver, licence, kilim_craft, kilim_line, coppersmith, copper_craft, bazaar):
    """Call it to list so many more works by two makers, each with a picture, and every second one in the bazaar too."""

    def make(count: int) -> list[Product]:
        made = []
        for number in range(count):
            maker, craft, line = (weaver, kilim_craft, kilim_line) if number % 2 else (coppersmith, copper_craft, None)
            work = create_work(
                maker=maker,
                craft=craft,
                title_fa=f"اثر {number}",
                title_en=f"Work {number}",
                product_line=line,
                price_rial=10_000_000 + number,
                pieces=2,
                one_of_a_kind=False,
            )
            add_image(work)
            if number % 2:
                offer_in_venue(work=work, venue=bazaar, price_rial=20_000_000, pieces=1)
            made.append(work)
        index_works([work.pk for work in made])
        return made

    return make


@pytest.fixture
def texted(monkeypatch) -> list[tuple[str, str]]:
    """Short messages that went out."""
    sent: list[tuple[str, str]] = []

    class Phone:
        def send(self, mobile: str, text: str) -> None:
            sent.append((mobile, text))

    monkeypatch.setattr(sms, "chosen", Phone)
    return sent
