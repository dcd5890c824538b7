"""Signed-in people, their own media folder, and a form filled in right."""

import io
import uuid

import pytest
from PIL import Image

from marketplace.listing.claims import ask_verification, send_permit
from tests.core.test_pictures import own_media, stored_files  # noqa: F401


def jpeg(name: str = "kilim.jpg", size: tuple[int, int] = (800, 600)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, (140, 43, 33)).save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


def studio(key: uuid.UUID | None = None) -> str:
    """The page of a draft; without a key one that nothing was kept under."""
    return f"/desk/works/drafts/{key or uuid.uuid4()}/"


@pytest.fixture
def at_desk(client, artisan, weaver):
    """The weaver, signed in, without a licence."""
    client.force_login(artisan)
    return client


@pytest.fixture
def work_form(kilim_craft, wool):
    """What a maker types; Persian digits and separators as people type them."""

    def filled(**changes):
        return {
            "do": "list",
            "title_fa": "گلیم گل‌ریز",
            "title_en": "Kilim with flowers",
            "craft": kilim_craft.pk,
            "description_fa": "بافته بر دار زمینی",
            "materials": [wool.pk],
            "technique_fa": "شیریکی‌پیچ",
            "length": "۱۲۰٫۵",
            "width": "80",
            "weight": "۳٬۴۰۰",
            "hours": "۲۲۰",
            "how": "several",
            "pieces": "۲",
            "lead_days": "۳",
            "origin_country": "IR",
            "price_rial": "۱۸٬۰۰۰٬۰۰۰",
            "photos": [jpeg()],
        } | changes

    return filled


@pytest.fixture(autouse=True)
def private_papers(settings, tmp_path):
    """An empty private storage for each test."""
    folder = tmp_path / "private"
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "marketplace.core.storage.PrivateFileSystemStorage",
            "OPTIONS": {"location": folder},
        }
    }
    return folder


@pytest.fixture
def at_copper_desk(client, other_artisan, coppersmith):
    """The coppersmith, signed in: another maker, whose works are foreign or unproven."""
    client.force_login(other_artisan)
    return client


@pytest.fixture
def at_officers_desk(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(officer)
    return client


@pytest.fixture
def origin_matter(unproven_tray, other_artisan):
    return ask_verification(work=unproven_tray, by=other_artisan, text="The papers are with the work.")


@pytest.fixture
def permit_matter(permit):
    return send_permit(permit=permit, by=None)
