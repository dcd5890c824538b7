"""Message catalogues: what translators write (.po) becomes what Django reads (.mo), without the gettext programs."""

from collections.abc import Iterable
from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Compile every catalogue below the folders that is newer than its compiled file. Returns the files written.

    A file is written whole or not at all, so a server reading it never meets half of one. Raises OSError for a broken catalogue.
    """
    return [
        _compile(source)
        for folder in folders
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        if _is_stale(source)
    ]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    fresh = compiled.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(fresh))
    compiled = fresh.replace(compiled)
    # this process may have read a sentence before: without this it would go on in English, in what it stores too
    translation_file_changed(sender=None, file_path=compiled)
    return compiled
