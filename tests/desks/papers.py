"""Papers as people send them."""

import io

import pypdfium2

from tests.desks.conftest import jpeg


def _an_empty_page() -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(out)
    return out.getvalue()


PDF = _an_empty_page()


def pdf(name: str = "licence.pdf", content: bytes = PDF) -> io.BytesIO:
    out = io.BytesIO(content)
    out.name = name
    return out


def scan(name: str = "scan.jpg") -> io.BytesIO:
    return jpeg(name)
