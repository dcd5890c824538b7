"""One way to make a document: a Typst source and plain data become a tagged PDF (PDF/UA-1), or a picture. The only importer of typst.

Pictures with words are made here too: Pillow shapes Persian only where the machine itself has FriBiDi, Typst everywhere.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fontpkg
import typst

FAMILY = "IBM Plex Sans Arabic"


def render_pdf(
    source: Path, data: dict[str, Any], *, language: str, beside: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a source, which reads `sys.inputs.data` (JSON) and `sys.inputs.language` ("fa" or "en").

    Nothing outside the source's folder is read, no font of the machine is used. `beside`: files by name that the source reads as if
    they lay beside it, then nothing of its folder. Raises typst.TypstError for a broken source.
    """
    return _compiled(source, data, language, beside=beside, format="pdf", pdf_standards=["ua-1"])


def render_picture(source: Path, data: dict[str, Any], *, language: str) -> bytes:
    """The PNG of a source of one page, a pixel for each point of it; the same inputs and errors as `render_pdf`."""
    return _compiled(source, data, language, format="png", ppi=72.0)


def _compiled(
    source: Path, data: dict[str, Any], language: str, beside: Mapping[str, bytes] | None = None, **how: Any
) -> bytes:
    if not beside:
        return _typeset(source, data, language, **how)
    with TemporaryDirectory() as folder:  # typst takes pictures from files alone
        for name, body in {source.name: source.read_bytes(), **beside}.items():
            (Path(folder) / name).write_bytes(body)
        return _typeset(Path(folder) / source.name, data, language, **how)


def _typeset(source: Path, data: dict[str, Any], language: str, **how: Any) -> bytes:
    fonts = Path(str(fontpkg.path(FAMILY, weight=400))).parent
    made = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "language": language},
        **how,
    )
    assert isinstance(made, bytes)
    return made
