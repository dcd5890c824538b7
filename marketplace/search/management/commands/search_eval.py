"""`manage.py search_eval`: how well the engine in use finds what people mean, for both halves of the judged set."""

from collections import defaultdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.search import judged
from marketplace.search.engines.base import EngineFailed
from marketplace.search.evaluation import Judgement, judge, mean, mean_recall, shelf_in

#: What each engine must reach on both halves.
BARS = {"embedded": 0.85, "elasticsearch": 0.90}
WORST = 15


class Command(BaseCommand):
    help = "Prints nDCG@10 of the judged queries, those for tuning and those held back; fails below the engine's bar."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--engine", choices=BARS, help="this engine; else every engine the settings name")
        parser.add_argument(
            "--set", choices=judged.SETS, default="judged", dest="table", help="which queries; only judged has bars"
        )
        parser.add_argument("--worst", action="store_true", help="also the queries for tuning that did worst")

    def handle(self, *args, engine: str | None = None, worst: bool = False, table: str = "judged", **options) -> None:
        engines = [engine] if engine else ["embedded", *(["elasticsearch"] if settings.ELASTICSEARCH_URL else [])]
        below = [name for name in engines if not self._report(name, worst, table)]
        if below:
            raise CommandError(f"below the bar: {', '.join(below)}")

    def _report(self, name: str, worst: bool, table: str) -> bool:
        try:
            with shelf_in(name) as engine:
                judgements = judge(engine, table)
        except EngineFailed as error:
            raise CommandError(f"{name} could not be asked: {error}") from error
        tuned = [one for one in judgements if not one.query.is_held_back]
        held = [one for one in judgements if one.query.is_held_back]
        self.stdout.write(
            f"{name}: nDCG@10 {mean(tuned):.3f} for tuning ({len(tuned)} queries), "
            f"{mean(held):.3f} held back ({len(held)} queries); bar {BARS[name]:.2f}; "
            f"recall@10 {mean_recall(tuned):.3f} and {mean_recall(held):.3f}"
        )
        self._by_kind(judgements)
        if worst:
            self._worst(tuned)
        return table != "judged" or min(mean(tuned), mean(held)) >= BARS[name]

    def _by_kind(self, judgements: list[Judgement]) -> None:
        kinds: dict[str, list[Judgement]] = defaultdict(list)
        for one in judgements:
            kinds[one.query.kind].append(one)
        told = [
            f"{kind} {mean(some):.2f}/{mean_recall(some):.2f} ({len(some)})" for kind, some in sorted(kinds.items())
        ]
        self.stdout.write("  by kind, nDCG/recall: " + ", ".join(told))

    def _worst(self, judgements: list[Judgement]) -> None:
        for one in sorted(judgements, key=lambda one: one.ndcg)[:WORST]:
            self.stdout.write(
                f"  {one.ndcg:.2f}  {one.query.text}  [{one.query.kind}, {one.query.intent.name}]  {one.grades}"
            )
