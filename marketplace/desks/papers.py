"""Papers that people send in: a scan or a PDF, read by officers only. What a file is, its first bytes say; pictures are encoded anew."""

import io
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.core.blind_documents import pages_alone
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.pictures import read_picture
from marketplace.ui.templatetags.rasteh import digits

#: Bytes of one paper, and its longest side in pixels once encoded: a page of A4 at 200 dots an inch.
MOST_BYTES = 10 * 2**20
LONGEST_SIDE = 2400
ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"
#: A day to finish a form, in seconds.
GOOD_FOR = 86_400
#: The ending under which a PDF is kept.
PDF = "pdf"
_PDF, _PDF_END = b"%PDF-", b"%%EOF"


@dataclass(frozen=True)
class StoredPaper:
    """A paper in private storage, and what its file was called."""

    name: str
    shown: str


def keep_paper(upload: UploadedFile, *, folder: str) -> StoredPaper:
    """Read a paper and store it privately. Stores nothing when it raises ValidationError.

    Codes: paper_too_large, paper_kind, paper_unreadable, and those of `read_picture`.
    """
    content, ending = read_paper(upload)
    name = f"{folder}/{today().year}/{secrets.token_hex(12)}.{ending}"
    stored = storages["private"].save(name, ContentFile(content))
    return StoredPaper(stored, (upload.name or "")[-80:])


def require_blind(paper: StoredPaper) -> None:
    """A paper for jurors can be shown without what its file tells of its maker. Raises ValidationError with code `paper_unreadable`."""
    if paper.name.endswith(f".{PDF}"):
        with storages["private"].open(paper.name) as file:
            pages_alone(file.read())


def drop_papers(papers) -> None:
    """Take stored papers away again."""
    for paper in papers:
        storages["private"].delete(paper.name)


def read_paper(upload: UploadedFile) -> tuple[bytes, str]:
    """A paper's bytes and the ending they deserve: a PDF as it is, a photo encoded anew. Raises as `keep_paper` does."""
    upload.seek(0)
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("This file is too large; send one of at most %(limit)s MB."),
            code="paper_too_large",
            params={"limit": digits(MOST_BYTES // 2**20)},
        )
    if content.startswith(_PDF):
        if _PDF_END not in content[-2048:]:
            raise ValidationError(
                _("This PDF cannot be read; it seems to be cut off. Send it once more."), code="paper_unreadable"
            )
        return content, PDF
    return _picture(content), "jpg"


def _picture(content: bytes) -> bytes:
    try:
        image = read_picture(io.BytesIO(content))
    except ValidationError as error:
        if error.code == "picture_kind":
            raise ValidationError(_("Send a PDF or a photo: JPEG, PNG, WebP or HEIC."), code="paper_kind") from None
        raise
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _salt(user: User) -> str:
    return f"draft-paper:{user.pk}"


def word_for(paper: StoredPaper, *, user: User) -> str:
    """The signed word by which this person's form finds the stored paper again."""
    return signing.dumps([paper.name, paper.shown], salt=_salt(user), compress=True)


def paper_of_word(word: str, *, user: User) -> StoredPaper:
    """The stored paper. Raises ValidationError with code `paper_gone` for another person's, a forged or an old word."""
    try:
        return StoredPaper(*signing.loads(word, salt=_salt(user), max_age=GOOD_FOR))
    except signing.BadSignature:
        raise ValidationError(_("This file was kept for a day only; send it once more."), code="paper_gone") from None
