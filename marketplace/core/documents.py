"""One way to make a document: a Typst source and plain data become a tagged PDF (PDF/UA-1). The only importer of typst."""

import json
from pathlib import Path
from typing import Any

import fontpkg
import typst

FAMILY = "IBM Plex Sans Arabic"


def render_pdf(source: Path, data: dict[str, Any], *, language: str) -> bytes:
    """The PDF of a source, which reads `sys.inputs.data` (JSON) and `sys.inputs.language` ("fa" or "en").

    Nothing outside the source's folder is read, no font of the machine is used. Raises typst.TypstError for a broken source.
    """
    fonts = Path(str(fontpkg.path(FAMILY, weight=400))).parent
    made = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "language": language},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made
