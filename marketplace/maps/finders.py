"""Leaflet's own files out of the package django-leaflet, and nothing else of it: as an app its admin would ask for GDAL."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "leaflet/"
#: What leaflet.css and leaflet.js name must be there, though no page of ours shows Leaflet's own markers.
FILES = (
    *(
        "leaflet.js",
        "leaflet.js.map",
        "leaflet.css",
        "images/layers.png",
        "images/layers-2x.png",
        "images/marker-icon.png",
    ),
    *("images/marker-icon-2x.png", "images/marker-shadow.png"),
)


class LeafletFinder(BaseFinder):
    """Finds `leaflet/leaflet.js` and its few companions."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=str(files("leaflet") / "static" / "leaflet"))
        self.storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]  # collectstatic reads it

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        """The file's whole path; a list of it with `find_all`, empty when the file is not one of these."""
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in FILES:
            return []
        whole = str(Path(self.storage.location) / name)
        return [whole] if find_all else whole

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """Pairs of a name below the prefix and the storage that has it."""
        return ((name, self.storage) for name in FILES)
