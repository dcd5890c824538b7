"""Print every link of a live page that leads to a page or file readers do not reach."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.dead_links import dead_links


class Command(BaseCommand):
    """Exits with an error when a link is dead, so that it may stand in a nightly job."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(dead_links())
        for link in found:
            self.stdout.write(f"{link.page.url_path}  {link.field}  {link.target}")
        if found:
            raise CommandError(f"{len(found)} dead links")
