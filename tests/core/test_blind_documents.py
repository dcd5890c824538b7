"""What a reader who must not know the maker gets of a PDF."""

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from PIL import ImageChops

from marketplace.core.blind_documents import pages_alone
from tests.core.marked_pdf import marked_pdf


def seen(content: bytes):
    """How its first page looks."""
    return pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil()


def test_nothing_beside_the_pages_is_left():
    assert marked_pdf().count(b"Zahra") == 8
    alone = pages_alone(marked_pdf())
    assert [word for word in (b"Zahra", b"Metadata", b"PieceInfo", b"Annot", b"EmbeddedFiles") if word in alone] == []
    told = pypdfium2.PdfDocument(alone).get_metadata_dict()
    assert (told["Author"], told["Title"], told["Creator"]) == ("", "", "PDFium")


def test_the_page_looks_as_it_did():
    before, after = seen(marked_pdf()), seen(pages_alone(marked_pdf()))
    assert before.size == after.size == (300, 200)
    assert before.convert("L").getextrema() == (0, 255)
    assert ImageChops.difference(before, after).getbbox() is None


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n%%EOF\n", b"", b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"]
)
def test_what_cannot_be_read_is_said_and_not_passed_on(content):
    with pytest.raises(ValidationError) as error:
        pages_alone(content)
    assert error.value.code == "paper_unreadable"
