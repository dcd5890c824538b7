from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from authenticity.keys import mark_lost, rotate_key
from authenticity.models import IssuerKey


class Command(BaseCommand):
    help = "Retires the key that signs credentials and makes another; also says since when a key was lost (authenticity/KEYS.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--lost-since",
            metavar="TIME",
            help="what the key signed from this time on does not count: 2026-11-22T09:00+03:30",
        )
        parser.add_argument("--distrust", action="store_true", help="nothing the key ever signed counts any more")
        parser.add_argument(
            "--key", metavar="z6Mk…", help="say this of a key retired before, and leave the current one"
        )

    def handle(self, *args: Any, lost_since: str | None, distrust: bool, key: str | None, **options: Any) -> None:
        lost_at = self._time(lost_since) if lost_since else None
        if key is None:
            made = rotate_key(lost_at=lost_at, is_distrusted=distrust)
            self.stdout.write(f"Signing with {made.public} from now on.")
            return
        found = IssuerKey.objects.filter(public=key).exclude(retired_at=None).first()
        if found is None:
            raise CommandError("No retired key is called so.")
        if lost_at is None and not distrust:
            raise CommandError("Say what became of it: --lost-since or --distrust.")
        mark_lost(found, lost_at=lost_at, is_distrusted=distrust)
        self.stdout.write(f"Said of {found.public}.")

    def _time(self, text: str) -> datetime:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError("Give the time as 2026-11-22T09:00+03:30.") from error
        if moment.tzinfo is None or moment > timezone.now():
            raise CommandError("Give the time with its zone, and not in the future.")
        return moment
