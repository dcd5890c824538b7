"""Something for the officer's desk to look at: a few sample works are given signs of foreign make, each said to be a sample.

The figures and names are invented and marked as such; they count for demo works alone.
"""

from dataclasses import dataclass

from PIL import ImageOps

from catalogue.models import Product, ProductImage
from catalogue.pictures import add_picture
from marketplace.core.clock import today
from marketplace.core.refusals import name_of
from marketplace.crafts.models import CraftGroup
from marketplace.demo.plan import Words
from marketplace.demo.works import work_code
from marketplace.listing.services import edit_work
from marketplace.makers.models import ProductionLicence
from marketplace.matters.models import Matter
from marketplace.suspicion.inquiry import inquire
from marketplace.suspicion.matter import SUSPICION
from marketplace.suspicion.models import BrandName, LabourFloor, PhotoPrint
from marketplace.suspicion.services import PhotoUnreadable, open_photo, print_photo

SOURCE = "نمونه / sample"
BRAND = "Rasteh Sample Brand"
#: Rial an hour of carpet work; no office ever said so. One sample rug lies under 40 % of it.
CARPET_FLOOR = 1_000_000
#: Pieces a year for one sample cooperative of pateh; it offers more.
PATEH_PIECES = 12


@dataclass(frozen=True)
class Doubted:
    """A sample work that is given a sign, and what its text then says."""

    number: int
    says: Words | None = None


#: One of the demo artisan's own works, so that its maker's side can be seen too.
BY_WORDS = Doubted(
    111,
    Words(
        "برای نمونهٔ میز کارشناس، در این متن «ساخت ترکیه» نوشته شده است.",
        "As a sample for the officer's desk, this text says “made in Turkey”.",
    ),
)
BY_BRAND = Doubted(
    95,
    Words(
        f"برای نمونهٔ میز کارشناس، در این متن نام ساختگی «{BRAND}» آمده است.",
        f"As a sample for the officer's desk, this text names the invented “{BRAND}”.",
    ),
)
BY_PRICE, BY_CAPACITY = Doubted(10), Doubted(11)
#: Numbers of two works of different makers; both are among the first to be drawn.
COPIED_FROM, COPIED_TO = 1, 19
DOUBTED = (BY_WORDS, BY_BRAND, BY_PRICE, BY_CAPACITY)


def make_doubts() -> int:
    """Add the signs that are missing and have the works asked about. Returns how many matters were opened or grew."""
    works = _works()
    _enter_tables()
    for one in DOUBTED:
        if one.number in works and one.says:
            _say(works[one.number], one.says)
    if BY_CAPACITY.number in works:
        _limit(works[BY_CAPACITY.number])
    return len(inquire([work.pk for work in works.values()]))


def make_copied_photo() -> int:
    """Hang a sample photo, mirrored and cut, on another sample maker's work too, once both have pictures. Returns how many were hung.

    The demo's pictures are not compared by themselves (many works share them on purpose); these two are.
    """
    source, copier = (
        ProductImage.objects.filter(product__upc=work_code(number), is_demo=True).order_by("display_order").first()
        for number in (COPIED_FROM, COPIED_TO)
    )
    if source is None or copier is None or PhotoPrint.objects.filter(image=source).exists():
        return 0
    try:
        photo = open_photo(source)
    except PhotoUnreadable:  # a market to measure in has pictures in its tables only
        return 0
    edge = photo.width // 20
    copy = add_picture(
        work=copier.product,
        image=ImageOps.mirror(photo).crop((edge, edge, photo.width - edge, photo.height - edge)),
        alt_fa=f"نمونه برای میز کارشناس: عکس سازنده‌ای دیگر، وارونه. {source.alt_fa}",
        alt_en=f"A sample for the officer's desk: another maker's photo, mirrored. {source.alt_en}",
        is_demo=True,
    )
    for image in (source, copy):
        print_photo(image)
    inquire([copier.product_id])
    return 1


def _works() -> dict[int, Product]:
    """Those of the works that are there and that no officer was asked about yet."""
    codes = {work_code(one.number): one.number for one in DOUBTED}
    found = {
        codes[work.upc or ""]: work
        for work in Product.objects.filter(upc__in=codes).select_related("maker", "craft", "import_permit")
    }
    asked = set(
        Matter.objects.filter(kind=SUSPICION, subject__in=[name_of(work) for work in found.values()]).values_list(
            "subject", flat=True
        )
    )
    return {number: work for number, work in found.items() if name_of(work) not in asked}


def _enter_tables() -> None:
    """Every row says in its own words that it is a sample."""
    BrandName.objects.get_or_create(name=BRAND, defaults={"note": SOURCE, "since": today(), "is_demo": True})
    carpets = CraftGroup.objects.filter(slug="carpet").first()
    if carpets is not None and not LabourFloor.objects.filter(craft_group=carpets).exists():
        LabourFloor.objects.create(
            craft_group=carpets, rial_per_hour=CARPET_FLOOR, since=today(), source=SOURCE, is_demo=True
        )


def _say(work: Product, words: Words) -> None:
    if words.fa not in work.description:
        edit_work(
            work=work,
            description=f"{work.description} {words.fa}",
            description_en=f"{work.description_en} {words.en}",
        )


def _limit(work: Product) -> None:
    """The sample licence behind a work names a capacity."""
    assert work.craft
    ProductionLicence.objects.filter(
        maker=work.maker_id, craft_group=work.craft.group_id, is_demo=True, pieces_a_year__isnull=True
    ).update(pieces_a_year=PATEH_PIECES)
