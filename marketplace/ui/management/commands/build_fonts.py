from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from marketplace.ui.fonts import build_fonts


class Command(BaseCommand):
    """Runs before the first page is served and before collectstatic; later runs find the fonts made."""

    help = "Makes the web fonts of the shop in BUILT_DIR/fonts, unless they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BUILT_DIR) / "fonts"
        built = build_fonts(folder)
        for file in built:
            self.stdout.write(f"{file.name} {file.stat().st_size // 1000} kB")
        if not built:
            self.stdout.write("The fonts are there.")
