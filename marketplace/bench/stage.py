"""A market of its own to measure in: filled to a size, with pictures in the tables but none on the disk."""

from catalogue.models import Product, ProductImage
from marketplace.core.colours import FAMILIES
from marketplace.demo.services import make_demo
from marketplace.search.rebuilding import rebuild

_BATCH = 2000


def fill(works: int, *, indexed: bool = True) -> None:
    """Bring the market to so many works, all pictured, and indexed unless the index is what is measured."""
    make_demo(works=works, pictures="none")
    _picture()
    if indexed:
        rebuild()


def _picture() -> None:
    """Two pictures for every work: rows as the pipeline writes them, so that pages do the same work."""
    bare = list(Product.objects.filter(images__isnull=True).values_list("pk", flat=True))
    for start in range(0, len(bare), _BATCH):
        ProductImage.objects.bulk_create(
            ProductImage(
                product_id=pk,
                original=f"works/bench-{order}-1000.webp",
                width=1000,
                height=1000,
                sizes={str(width): f"works/bench-{order}-{width}.webp" for width in (320, 640, 1000)},
                colours=sorted({FAMILIES[pk % len(FAMILIES)], FAMILIES[pk // 7 % len(FAMILIES)]}),
                alt_fa="تصویر نمونه",
                alt_en="Sample picture",
                is_demo=True,
                display_order=order,
            )
            for pk in bare[start : start + _BATCH]
            for order in (0, 1)
        )
