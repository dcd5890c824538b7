"""What is measured, as values of facets: sizes in bands, weight and time as «up to», which a smaller one keeps as well."""

from collections.abc import Iterator

from catalogue.models import Product

#: Slug → the longest side it ends at, in millimetres; None has no end.
SIZES: dict[str, int | None] = {"hand": 300, "table": 1_000, "room": 2_000, "hall": None}
#: Slug → at most so many grams.
WEIGHTS = {"1kg": 1_000, "5kg": 5_000, "20kg": 20_000}
#: Slug → at most so many days until it leaves.
LEADS = {"3d": 3, "7d": 7, "30d": 30}


def measured(work: Product, *, leaves: bool = True) -> Iterator[str]:
    """Every "facet:value" of a work's measures; what nobody measured has none. Without `leaves` nothing is said of days."""
    longest = max((side for side in (work.length_mm, work.width_mm, work.height_mm) if side), default=0)
    if longest:
        yield f"size:{next(slug for slug, end in SIZES.items() if end is None or longest <= end)}"
    if work.weight_grams:
        yield from (f"weight:{slug}" for slug, most in WEIGHTS.items() if work.weight_grams <= most)
    if leaves:
        yield from (f"lead:{slug}" for slug, most in LEADS.items() if work.lead_days <= most)
