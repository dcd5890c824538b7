from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from marketplace.core.message_catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles our message catalogues that are newer than their compiled files."
    requires_system_checks: list = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_catalogues(settings.LOCALE_PATHS):
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
