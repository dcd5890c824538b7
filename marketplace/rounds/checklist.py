"""The first questions of the checklist: the market's own, written from what public notices say a manager looks at. Not law."""

import csv
from datetime import date
from pathlib import Path

from marketplace.rounds.models import Question

SOURCE = Path(__file__).parent / "data" / "questions.csv"
#: 1 Farvardin 1405.
SINCE = date(2026, 3, 21)


def load_questions() -> int:
    """Write the first checklist where there is none. Returns how many questions were written."""
    if Question.objects.exists():
        return 0
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = [
            Question(**row, asked_from=SINCE, position=10 * place) for place, row in enumerate(csv.DictReader(file), 1)
        ]
    return len(Question.objects.bulk_create(rows))
