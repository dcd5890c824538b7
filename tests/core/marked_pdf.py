"""A PDF that says in every usual place beside its page who made it."""

import io

_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Zahra of Sirjan</dc:creator></x:xmpmeta>'
_OBJECTS = [
    b"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R /Names << /EmbeddedFiles << /Names [(a.txt) 9 0 R] >> >> >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [50 20 250 320] /Rotate 90 /Contents 4 0 R /Metadata 7 0 R "
    b"/PieceInfo << /App << /Private (Zahra of Sirjan) >> >> /Annots [8 0 R] >>",
    b"<< /Length 21 >>\nstream\n60 30 100 50 re f     \nendstream",
    b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(_XMP), _XMP),
    b"<< /Author (Zahra of Sirjan) /Title (Kilim by Zahra of Sirjan) /Creator (Word of Zahra) >>",
    b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (len(_XMP), _XMP),
    b"<< /Type /Annot /Subtype /Text /Rect [0 0 0 0] /F 2 /T (Zahra of Sirjan) /Contents (Mine) >>",
    b"<< /Type /Filespec /F (a.txt) /Desc (Zahra of Sirjan) >>",
]


def marked_pdf() -> bytes:
    """One page, turned a quarter, with a black rectangle on it."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(_OBJECTS, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows))
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(places) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()
