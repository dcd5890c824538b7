"""PDFs for readers who must not learn who made them: the pages, and nothing of what programs write beside them.

The only importer of pypdfium2. PDFium is not safe to use from two threads at once, so one document is made at a time.
"""

import io
from threading import Lock

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_one_at_a_time = Lock()


def pages_alone(content: bytes) -> bytes:
    """A new PDF with the look of each page of another: no document information, XMP, notes, attachments, or data of programs.

    What a page shows stays, and so does what a picture on it carries inside. Raises ValidationError with code `paper_unreadable`
    for a PDF that cannot be opened, also for one with a password.
    """
    with _one_at_a_time:
        try:
            return _copied(content)
        except pypdfium2.PdfiumError:
            raise ValidationError(
                _("This PDF cannot be read; it seems to be cut off. Send it once more."), code="paper_unreadable"
            ) from None


def _copied(content: bytes) -> bytes:
    old, new, out = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new(), io.BytesIO()
    try:
        for number, page in enumerate(old):
            turned = page.get_rotation()
            page.set_rotation(0)
            sheet = new.new_page(*page.get_size())
            # only a page's marks come along this way; copied whole, it would bring its notes and metadata
            sheet.insert_obj(old.page_as_xobject(number, new).as_pageobject())
            sheet.gen_content()
            sheet.set_rotation(turned)
        new.save(out)
    finally:
        new.close()
        old.close()
    return out.getvalue()
