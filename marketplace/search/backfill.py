"""What facets need of works and photos that are older than the facet: colours of photos, techniques of works.

Each may be stopped and started again.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from PIL import Image

from catalogue import techniques
from catalogue.models import Product, ProductImage
from marketplace.core import outbox
from marketplace.core.colours import families_of
from marketplace.listing.withdrawals import WORK_CHANGED

_BATCH = 200


def name_colours() -> Iterator[int]:
    """Look at every photo that nobody looked at; how many of each batch. Demo works share files: a file is opened once a batch.

    One that cannot be read has no colours. Raises OSError when the storage does not answer.
    """
    seen = 0
    while some := list(ProductImage.objects.filter(colours__isnull=True, pk__gt=seen).order_by("pk")[:_BATCH]):
        named: dict[str, list[str]] = {}
        for image in some:
            name = _smallest(image)
            if name not in named:
                named[name] = _colours(name)
            image.colours = named[name]
        ProductImage.objects.bulk_update(some, ["colours"])
        outbox.post_many(WORK_CHANGED, sorted({image.product_id for image in some}))
        seen = some[-1].pk
        yield len(some)


def name_techniques() -> Iterator[int]:
    """Bring works to the technique their makers wrote; how many works of each wording."""
    works = Product.objects.filter(technique__isnull=True, parent__isnull=True)
    written = works.exclude(technique_fa="", technique_en="").order_by("technique_fa", "technique_en")
    for fa, en in list(written.values_list("technique_fa", "technique_en").distinct()):
        found = techniques.named(fa, en)
        of_these = works.filter(technique_fa=fa, technique_en=en)
        ids = list(of_these.values_list("pk", flat=True))
        if found:
            of_these.update(technique=found)
            outbox.post_many(WORK_CHANGED, ids)
            yield len(ids)


def _smallest(image: ProductImage) -> str:
    sizes = image.sizes or {}
    return sizes[min(sizes, key=int)] if sizes else str(image.original.name)


def _colours(name: str) -> list[str]:
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            return list(families_of(image))
    except (FileNotFoundError, Image.UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError):
        return []
