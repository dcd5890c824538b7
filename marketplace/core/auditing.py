"""Walking through audits: what `manage.py audit_market` and `audit_money` share."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.registry import audits


class AuditCommand(BaseCommand):
    """Asks every registered audit of `subject`, prints each breach in plain words, and exits 1 if there is one."""

    subject: str
    clean: str

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = 0
        for name, check in audits(self.subject).items():
            found = list(check())
            breaches += len(found)
            self.stdout.write(f"{name}: {'in order' if not found else f'{len(found)} found'}")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
        if breaches:
            self.stdout.write(f"{breaches} in all.")
            raise SystemExit(1)
        self.stdout.write(self.clean)
