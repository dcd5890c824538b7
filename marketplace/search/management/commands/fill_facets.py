from typing import Any

from django.core.management.base import BaseCommand

from marketplace.search.backfill import name_colours, name_techniques


class Command(BaseCommand):
    help = (
        "Names the colours of photos and the techniques of works that are older than these facets; the worker indexes them. "
        "May be stopped and started again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        photos, works = sum(name_colours()), sum(name_techniques())
        self.stdout.write(f"{photos} photos, {works} works")
