from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.core import chain
from marketplace.core.models import ChainHead, LogEntry


class Command(BaseCommand):
    help = "Verifies the public logs: each line must follow from the one before. Names the first broken line; exits 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("chain", nargs="*", help="which logs; all of them unless told")

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(ChainHead.objects.values_list("chain", flat=True))
        there |= set(LogEntry.objects.order_by().values_list("chain", flat=True).distinct())
        broken = 0
        for name in options["chain"] or sorted(there):
            first = chain.first_broken(name)
            lines = LogEntry.objects.filter(chain=name).count()
            broken += first is not None
            self.stdout.write(f"{name}: {lines} lines, {'whole' if first is None else f'broken at line {first}'}")
        if broken:
            raise SystemExit(1)
