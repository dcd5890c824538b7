"""`manage.py rebuild_index`: build the search index from the database, with a progress line."""

import time

from django.core.management.base import BaseCommand, CommandError

from marketplace.search.engines.base import EngineFailed, IndexBusy
from marketplace.search.rebuilding import rebuild
from marketplace.search.services import refresh_due


class Command(BaseCommand):
    help = "Builds the search index anew, or goes on with a rebuild that was stopped; the old one answers until the new one is whole."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--due", action="store_true", help="only the works that the calendar changed")

    def handle(self, *args, due: bool = False, **options) -> None:
        began = time.monotonic()
        try:
            works = refresh_due() if due else rebuild(self._show)
        except IndexBusy as error:
            raise CommandError("Another rebuild of the index is running; try again when it has finished.") from error
        except EngineFailed as error:
            raise CommandError(f"The index could not be written: {error}") from error
        self.stdout.write(f"\r{works} works in {time.monotonic() - began:.1f} s")

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} of {total}", ending="")
        self.stdout.flush()
