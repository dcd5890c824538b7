"""Carriers with their published limits and habits of crafts (base data), and sample rates and weights (the demo's own)."""

from datetime import date
from typing import Any

from marketplace.core.clock import today
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.demo.tables import rows
from marketplace.shipping.models import Carrier, CraftParcel, Tariff, Zone
from marketplace.shipping.services import Rate, write_tariff

#: Limits and habits have stood longer than this market; sample weights begin later, so that they take over.
LONG_AGO, SAMPLE_SINCE = date(2000, 1, 1), date(2020, 1, 1)
SAMPLE_RATES = "نرخ نمونه برای نمایش بازار، نه نرخ واقعی این شرکت"
SAMPLE_RATES_EN = "sample rates to show the market, not this carrier's own"
SAMPLE_WEIGHTS = {"source": "میانهٔ وزن آثار نمونه", "source_en": "the median weight of the sample works"}


def load_carriers() -> int:
    """Carriers that are missing, with the limits that were published. They have no rates: an officer writes those."""
    there = set(Carrier.objects.values_list("code", flat=True))
    new = [Carrier(**{name: value or None for name, value in row.items()}) for row in rows("carriers")]
    return len(Carrier.objects.bulk_create([carrier for carrier in new if carrier.code not in there]))


def load_craft_parcels() -> int:
    """What folds and what has a blade, where nothing of the day is known yet."""
    return _add_craft_parcels("craft_parcels", valid_from=LONG_AGO)


def _add_craft_parcels(table: str, **more: Any) -> int:
    groups = {group.slug: group for group in CraftGroup.objects.all()}
    crafts = {craft.name_en: craft for craft in Craft.objects.all()}
    there = set(CraftParcel.objects.filter(valid_from=more["valid_from"]).values_list("craft_group", "craft"))
    found = [
        CraftParcel(
            craft_group=groups[row["craft_group"]] if row["craft_group"] else None,
            craft=crafts[row["craft_en"]] if row["craft_en"] else None,
            folds=int(row["folds"]),
            has_blade=row["has_blade"] == "1",
            **{name: row[name] for name in ("usual_grams", "source", "source_en") if name in row} | more,
        )
        for row in rows(table)
    ]
    missing = [parcel for parcel in found if (parcel.craft_group_id, parcel.craft_id) not in there]
    return len(CraftParcel.objects.bulk_create(missing))


def make_rates() -> int:
    """Sample rates for carriers that have none, and sample weights. Returns how many rows."""
    weights = _add_craft_parcels("demo_craft_parcels", valid_from=SAMPLE_SINCE, is_demo=True, **SAMPLE_WEIGHTS)
    bare = Carrier.objects.filter(tariffs__isnull=True)
    made = [
        _make_tariff(carrier) for carrier in bare if any(row["carrier"] == carrier.code for row in rows("demo_rates"))
    ]
    return weights + len(made)


def _make_tariff(carrier: Carrier) -> Tariff:
    return write_tariff(
        carrier=carrier,
        valid_from=today(),
        valid_until=None,
        days={
            row["zone"]: [int(row["from"]), int(row["to"])]
            for row in rows("demo_days")
            if row["carrier"] == carrier.code
        },
        rates=[
            Rate(int(row["up_to_grams"]), zone, int(row[zone]))
            for row in rows("demo_rates")
            if row["carrier"] == carrier.code
            for zone in Zone.values
        ],
        source=SAMPLE_RATES,
        source_en=SAMPLE_RATES_EN,
        is_demo=True,
        by=None,
    )
