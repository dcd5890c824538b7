"""Pictures of sample works: drawn by computer, two for each, and said to be so in their alternative text.

Drawing and encoding are done in two processes of low priority; the database is written by the caller alone.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from catalogue.models import Product, ProductImage
from catalogue.pictures import FOLDER, add_stored_picture
from marketplace.core import outbox
from marketplace.core.pictures import StoredPicture, delete_files
from marketplace.demo.drawing import be_humble, draw_and_store
from marketplace.demo.plan import OWN_PICTURES, Words, plan_work
from marketplace.demo.works import number_of, work_code
from marketplace.listing.withdrawals import WORK_CHANGED

#: Processes; works a stored task draws before it makes room for others.
PROCESSES, AT_ONCE = 2, 16
#: The newest works, which the first page shows, come with those of Sirjan.
FIRST_NUMBERS = 48
_DETAIL = Words("نمای نزدیک: {shown}", "Detail: {shown}")


def bare_numbers() -> list[int]:
    """Numbers of sample works that have no picture, in the order in which they are drawn: of Sirjan and newest first."""
    bare = Product.objects.filter(upc__startswith="demo-", images__isnull=True).select_related("city")
    found = [(number_of(work.upc or ""), work.city is not None and work.city.slug == "sirjan") for work in bare]
    return [number for number, _sirjan in sorted(found, key=lambda one: (not _is_early(*one), one[0]))]


def _is_early(number: int, of_sirjan: bool) -> bool:
    return number <= FIRST_NUMBERS or (of_sirjan and number <= OWN_PICTURES)


def early_numbers() -> list[int]:
    """Those that are drawn before the first page is shown."""
    early = set(Product.objects.filter(upc__startswith="demo-", city__slug="sirjan").values_list("upc", flat=True))
    return [number for number in bare_numbers() if _is_early(number, work_code(number) in early)]


def draw_pictures(numbers: list[int], progress: Callable[[int], None] = lambda _more: None) -> int:
    """Draw two pictures for each of these works that has its own, then share them with the others. Returns how many works got some."""
    own = [number for number in numbers if plan_work(number).picture == number]
    for number, stored in _drawn(own):
        _hang(number, stored)
        progress(1)
    others = [number for number in numbers if plan_work(number).picture != number]
    return len(own) + _share(others, progress)


def _drawn(numbers: list[int]) -> Iterator[tuple[int, list[StoredPicture]]]:
    if not numbers:
        return
    orders = [(number, plan_work(number).craft_en, FOLDER) for number in numbers]
    # spawned, not forked: the worker has threads
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(PROCESSES, len(numbers)), mp_context=context, initializer=be_humble) as pool:
        yield from zip(numbers, pool.map(draw_and_store, orders, chunksize=2), strict=True)


def _hang(number: int, stored: list[StoredPicture]) -> None:
    """Put pictures on a work, unless another process was quicker."""
    shown = plan_work(number).shown
    words = (shown, Words(_DETAIL.fa.format(shown=shown.fa), _DETAIL.en.format(shown=shown.en)))
    with transaction.atomic():
        work = Product.objects.filter(upc=work_code(number), images__isnull=True).first()
        if work is not None:
            for picture, alt in zip(stored, words, strict=True):
                add_stored_picture(work=work, stored=picture, alt_fa=alt.fa, alt_en=alt.en, is_demo=True)
            return
    for picture in stored:
        delete_files(picture.sizes.values())


def _share(numbers: list[int], progress: Callable[[int], None]) -> int:
    """Show the files of earlier works on later ones of the same craft."""
    shared = 0
    for start in range(0, len(numbers), 1000):
        some = {number: plan_work(number).picture for number in numbers[start : start + 1000]}
        works = dict(Product.objects.filter(upc__in=map(work_code, some)).values_list("upc", "pk"))
        sources: dict[str, list[ProductImage]] = {}
        for image in ProductImage.objects.filter(product__upc__in=map(work_code, some.values())).select_related(
            "product"
        ):
            sources.setdefault(image.product.upc or "", []).append(image)
        copies = [
            _copy(image, works[work_code(number)])
            for number, picture in some.items()
            for image in sources.get(work_code(picture), [])
        ]
        ProductImage.objects.bulk_create(copies, batch_size=500)
        outbox.post_many(WORK_CHANGED, sorted({copy.product_id for copy in copies}))
        shared += len({copy.product_id for copy in copies})
        progress(len(some))
    return shared


def _copy(image: ProductImage, work_id: int) -> ProductImage:
    same = (
        "original",
        "width",
        "height",
        "sizes",
        "colour",
        "colours",
        "alt_fa",
        "alt_en",
        "is_demo",
        "display_order",
        "caption",
    )
    return ProductImage(product_id=work_id, **{field: getattr(image, field) for field in same})


@task(priority=-50)
def make_pictures() -> int:
    """Draw the next few sample works that have no picture, then leave word for the rest. Returns how many were drawn."""
    drawn = draw_pictures(bare_numbers()[:AT_ONCE])
    if drawn:
        leave_to_worker()
    return drawn


def leave_to_worker() -> None:
    """Leave word for the worker when pictures are missing and no word waits."""
    waiting = DBTaskResult.objects.ready().filter(task_path=make_pictures.module_path)
    if bare_numbers() and not waiting.exists():
        make_pictures.enqueue()
