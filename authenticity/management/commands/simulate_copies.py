"""`manage.py simulate_copies`: what the detectors of copied labels find, against how often they ask in vain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from authenticity.copy_simulation import report


class Command(BaseCommand):
    help = "Prints, as Markdown, what the detectors of copied labels find in simulated worlds. The same seed prints the same."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1405, help="of the random numbers")
        parser.add_argument("--copied", type=int, default=200, help="copied codes for each line")
        parser.add_argument("--genuine", type=int, default=2000, help="genuine codes for each world")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            report(seed=options["seed"], copied_codes=options["copied"], genuine_codes=options["genuine"])
        )
