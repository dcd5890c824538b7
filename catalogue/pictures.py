"""Pictures of works: what the pipeline stored, in the order they were given."""

from django.db.models import Max
from PIL import Image

from catalogue.models import Product, ProductImage
from marketplace.core.pictures import StoredPicture, delete_files, store_picture
from marketplace.core.registry import tell

FOLDER = "works"
#: Told to watchers with the new picture's row, in its transaction.
PICTURE_ADDED = "picture_added"


def add_picture(
    *, work: Product, image: Image.Image, alt_fa: str = "", alt_en: str = "", is_demo: bool = False
) -> ProductImage:
    """Store a picture (from `read_picture`) and put it after the work's others. Leaves no file when it fails."""
    stored = store_picture(image, folder=FOLDER)
    try:
        return add_stored_picture(work=work, stored=stored, alt_fa=alt_fa, alt_en=alt_en, is_demo=is_demo)
    except BaseException:
        delete_files(stored.sizes.values())
        raise


def add_stored_picture(
    *, work: Product, stored: StoredPicture, alt_fa: str = "", alt_en: str = "", is_demo: bool = False
) -> ProductImage:
    """Put a picture that is already in storage after the work's others."""
    last = ProductImage.objects.filter(product=work).aggregate(last=Max("display_order"))["last"]
    image = ProductImage.objects.create(
        product=work,
        original=stored.name,
        width=stored.width,
        height=stored.height,
        sizes=stored.sizes,
        colour=stored.colour,
        colours=list(stored.colours),
        alt_fa=alt_fa,
        alt_en=alt_en,
        is_demo=is_demo,
        display_order=0 if last is None else last + 1,
    )
    tell(PICTURE_ADDED, image=image)
    return image
