"""Gathers what people read into the catalogues (`make messages`), or says what they lack (`make lint-messages`).

    python -m tests.messages            writes marketplace/locale/*/LC_MESSAGES/django.po
    python -m tests.messages --check    writes nothing; ends with 1 and a list when a message is missing or untranslated

English is the language of the source, yet it has a whole catalogue: without one, Oscar's English would answer for ours
("Basket" would read "Cart"). Needs the gettext programs.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.core.management.commands import makemessages
from django.test import override_settings

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "marketplace" / "locale"
LANGUAGES = ("fa", "en")
ELSEWHERE = ("locale", ".venv", ".cache", "node_modules", "tests", "var")


class Gather(makemessages.Command):
    """A new message begins empty: a guess from a similar one reads like a finished translation."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def catalogue(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def gather(folder: Path) -> None:
    """Bring both catalogues in the folder up to what the source says now."""
    with override_settings(LOCALE_PATHS=[str(folder)]):
        call_command(
            Gather(),
            locale=list(LANGUAGES),
            ignore_patterns=list(ELSEWHERE),
            no_obsolete=True,
            no_wrap=True,
            no_location=True,
            verbosity=0,
        )
    for language in LANGUAGES:
        _tidy(catalogue(folder, language), language)


def _tidy(path: Path, language: str) -> None:
    messages = polib.pofile(str(path), wrapwidth=0)
    messages.header = "Kept by `make messages`."
    messages.metadata_is_fuzzy = False
    messages.metadata = {
        "Project-Id-Version": "Rasteh",
        "Language": language,
        **{
            name: messages.metadata[name]
            for name in ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
        },
    }
    if language == "en":
        for entry in messages:
            _say_itself(entry)
    messages.save()


def _say_itself(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid


def lacking(path: Path, gathered: Path) -> list[str]:
    """One line for each message the catalogue does not have, or has without a finished translation."""
    held = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    lines = []
    for entry in polib.pofile(str(gathered)):
        ours = held.get(_key(entry))
        if ours is None:
            lines.append(f"missing: {entry.msgid}")
        elif ours.fuzzy or not ours.translated():
            lines.append(f"not translated: {entry.msgid}")
    return lines


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def check() -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(LOCALE, Path(name) / "locale"))
        gather(copy)
        return [
            f"{language}: {line}"
            for language in LANGUAGES
            for line in lacking(catalogue(LOCALE, language), catalogue(copy, language))
        ]


def main() -> int:
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    if "--check" not in sys.argv[1:]:
        gather(LOCALE)
        return 0
    lines = check()
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
