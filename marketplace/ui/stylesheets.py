"""Style sheets that stand together are served as one file: each file more is another round trip before the first line is drawn.

On a slow phone a round trip takes 150 ms, and HTTP/1.1 lets six go at once: pictures and the font wait behind them.
What is written stays in small files in static/css; nothing but their order and the words of `@media` is added here.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

#: For every page of the frame: desks, checkout, the buyer's room.
FRAME = ("tokens", "base", "forms", "parts", "pages", "print")
#: Bundles by name, each in the order in which its rules give way to later ones. Public pages take `market`.
BUNDLES = {"css/frame.css": FRAME, "css/market.css": (*FRAME, "shop", "cities")}
#: Sheets for paper only.
ON_PAPER = frozenset({"print"})


class BundleFinder(BaseFinder):
    """Finds the bundles, made anew when one of their sheets has changed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=str(settings.VAR_DIR / "bundles"))

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        """The bundle's whole path; a list of it with `find_all`, empty when the file is no bundle."""
        if path not in BUNDLES:
            return []
        whole = str(_made(path, Path(self.storage.location)))
        return [whole] if find_all else whole

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """Pairs of a bundle's name and the storage that has it."""
        for name in BUNDLES:
            _made(name, Path(self.storage.location))
            yield name, self.storage


def bundle(name: str) -> str:
    """The sheets of a bundle, one after the other. Raises KeyError for a name that is no bundle."""
    return "\n".join(_sheet(part) for part in BUNDLES[name])


def _sheet(part: str) -> str:
    text = (settings.BASE_DIR / "static" / "css" / f"{part}.css").read_text(encoding="utf-8")
    return f"@media print {{\n{text}}}\n" if part in ON_PAPER else text


def _made(name: str, folder: Path) -> Path:
    """The file of a bundle; one that says the same is left as it is, so that its time tells when it changed."""
    file, text = folder / name, bundle(name)
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}.half")
        half.write_text(text, encoding="utf-8")
        half.replace(file)
    return file
