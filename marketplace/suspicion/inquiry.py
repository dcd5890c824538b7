"""Asking about works: what looks foreign is put to the officers, once. Nothing here changes a work; a person decides.

Read by the worker after every change of a listing (`outbox.also_reader`: the copy of `work_changed` that is ours alone, so a photo
that takes long holds up no search), and over all works after an officer changed a table.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.core.models import OutboxEvent
from marketplace.core.refusals import name_of
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter
from marketplace.suspicion.findings import photo_signals
from marketplace.suspicion.matter import SUSPICION
from marketplace.suspicion.queries import (
    Comparison,
    Output,
    claiming,
    comparisons,
    outputs_of,
    texts_of,
    works_to_ask,
    workshop_of,
)
from marketplace.suspicion.signals import (
    CAPACITY_KIND,
    THRESHOLD,
    Signal,
    brand_name,
    foreign_barcode,
    foreign_words,
    low_price,
    over_capacity,
    total,
)

#: Topic of a walk over all works; its key is the last id that was seen.
ASK_ALL = "inquire_all"
#: Works asked about at once.
BATCH = 200


def inquire(work_ids: Iterable[int]) -> list[Matter]:
    """Work out the signals of works and open a matter for each that weighs enough, or bring its waiting one up to date.

    A signal that was in a matter once decided is not raised again; a new one opens a new matter. What was found stays found: an
    edit makes no waiting matter lighter. Returns the matters that were opened or grew.
    """
    works = works_to_ask(_with_fullest(set(work_ids)))
    if not works:
        return []
    compared = comparisons(works, on=today())
    photos = photo_signals(works)
    signals = {work.pk: [*signals_of(work, compared[work.pk]), *photos.get(work.pk, [])] for work in works}
    raised = [work for work in works if signals[work.pk]]
    known = _known(raised)
    due = [work for work in raised if _case(work, signals[work.pk], known)]
    opened = [_open(work, signals[work.pk]) for work in due]
    return [matter for matter in opened if matter is not None]


def signals_of(work: Product, compared: Comparison) -> list[Signal]:
    """Every signal of a work's words and figures, as it stands."""
    texts, floor, output = texts_of(work), compared.floor, compared.output
    found = [
        foreign_words(texts),
        brand_name(texts, compared.brands),
        low_price(
            price_rial=compared.price_rial,
            hours=work.hours,
            floor_rial=floor.rial_per_hour if floor else None,
            source=floor.source if floor else "",
        ),
        foreign_barcode(work.upc),
    ]
    if output is not None and output.fullest == work.pk:
        found.append(_capacity(output))
    return [signal for signal in found if signal is not None]


def _capacity(output: Output) -> Signal | None:
    return over_capacity(
        whose=output.whose,
        on_offer=output.on_offer,
        sold=output.sold,
        capacity=output.capacity,
        year=output.year,
    )


def _with_fullest(ids: set[int]) -> set[int]:
    """Too many pieces is one question about one workshop, so it is asked of the work with most of them, whichever work changed."""
    workshops = {
        workshop_of(work) for work in claiming().filter(pk__in=ids, craft__isnull=False).select_related("craft")
    }
    return ids | {output.fullest for output in outputs_of(workshops, on=today()).values() if _capacity(output)}


def _known(works: list[Product]) -> dict[int, list[Matter]]:
    """Every matter of this kind there ever was about these works' makers, by maker."""
    found: dict[int, list[Matter]] = {}
    for matter in Matter.objects.filter(kind=SUSPICION, maker__in={work.maker_id for work in works}):
        found.setdefault(matter.maker_id or 0, []).append(matter)
    return found


def _case(work: Product, signals: list[Signal], known: dict[int, list[Matter]]) -> dict[str, Any] | None:
    """The facts and weight of the matter that is due, or None when there is nothing new, or too little."""
    of_maker = known.get(work.maker_id or 0, [])
    waiting = next((matter for matter in of_maker if matter.is_open and matter.subject == name_of(work)), None)
    before = waiting.facts["signals"] if waiting else []
    raised = {
        fact["mark"]
        for matter in of_maker
        for fact in matter.facts["signals"]
        if matter.subject == name_of(work) or fact["kind"] == CAPACITY_KIND
    }
    fresh = [signal.as_fact() for signal in signals if signal.mark not in raised]
    weight = total([*before, *fresh])
    if not fresh or (waiting is None and weight < THRESHOLD):
        return None
    return {"weight": weight, "facts": {**(waiting.facts if waiting else {}), "signals": [*before, *fresh]}}


@transaction.atomic
def _open(work: Product, signals: list[Signal]) -> Matter | None:
    """Look again with the maker's row held, so that two workers open one matter, then open it."""
    Maker.objects.select_for_update().only("pk").get(pk=work.maker_id)
    case = _case(work, signals, _known([work]))
    if case is None:
        return None
    return open_matter(
        kind=SUSPICION, subject=work, maker=work.maker, title=lambda: work.name, is_demo=work.is_demo, **case
    )


def ask_all() -> None:
    """Have every work asked about again, by the worker: an officer changed what works are compared with."""
    outbox.post(ASK_ALL, 0)


def read_changed(events: list[OutboxEvent]) -> None:
    """Reader of our copy of `work_changed`; told twice, it opens nothing twice."""
    ids = sorted({int(event.key) for event in events})
    for start in range(0, len(ids), BATCH):
        inquire(ids[start : start + BATCH])


def read_all(events: list[OutboxEvent]) -> None:
    """Reader of the walk over all works, a batch at a time; each batch leaves the next one's event."""
    after = min(int(event.key) for event in events)
    ids = list(claiming().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        inquire(ids)
        outbox.post(ASK_ALL, ids[-1])
