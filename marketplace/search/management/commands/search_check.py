"""`manage.py search_check`: what the indexes say otherwise than the database; `--mend` writes it."""

from django.core.management.base import BaseCommand, CommandError

from marketplace.search.checking import drift, mend
from marketplace.search.engines import engines
from marketplace.search.engines.base import Engine, EngineFailed, IndexBusy


class Command(BaseCommand):
    help = "Compares every index with the database; fails when they differ and it was not mended."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--mend", action="store_true", help="write what differs as the database has it")

    def handle(self, *args, mend: bool = False, **options) -> None:
        try:
            differing = sum(self._check(engine, mend) for engine in engines())
        except IndexBusy as error:
            raise CommandError("Another process is writing the index; try again when it has finished.") from error
        except EngineFailed as error:
            raise CommandError(f"The index could not be asked or written: {error}") from error
        if differing and not mend:
            raise CommandError(f"{differing} works differ; --mend writes them")

    def _check(self, engine: Engine, mending: bool) -> int:
        """How many works differed in one index."""
        name, works = type(engine).__name__, 0
        for some in drift(engine):
            for one in some:
                self.stdout.write(f"{name} work {one.work} {one.field}: {one.index}, database {one.database}")
            works += len({one.work for one in some})
            if some and mending:
                mend(some)
        self.stdout.write(f"{name}: {works} works {'mended' if mending else 'differ'}")
        return works
