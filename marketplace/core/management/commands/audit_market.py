from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.registry import audits


class Command(BaseCommand):
    help = "Walks the market's data and prints every breach of a rule in plain words; exits 1 if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = 0
        for name, check in audits().items():
            found = list(check())
            breaches += len(found)
            self.stdout.write(f"{name}: {'in order' if not found else f'{len(found)} found'}")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
        if breaches:
            self.stdout.write(f"{breaches} in all.")
            raise SystemExit(1)
        self.stdout.write("Nothing breaks a rule.")
