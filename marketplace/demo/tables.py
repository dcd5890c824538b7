"""The tables the demo and the base data are made from: comma-separated files beside this one, one fact a row."""

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@lru_cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<name>.csv`, by its head line."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
