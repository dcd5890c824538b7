"""Papers as people send them."""

import io

from tests.desks.conftest import jpeg

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def pdf(name: str = "licence.pdf", content: bytes = PDF) -> io.BytesIO:
    out = io.BytesIO(content)
    out.name = name
    return out


def scan(name: str = "scan.jpg") -> io.BytesIO:
    return jpeg(name)
