import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.models import CmsImage
from cms.stories import picture_of
from tests.core.test_pictures import own_media, photo, saved, stored_files  # noqa: F401


def sent(content: bytes, name: str, user):
    data = {
        "title": "گلیم",
        "collection": Collection.get_first_root_node().pk,
        "alt_fa": "گلیم سرخ",
        "alt_en": "A red kilim",
    }
    return get_image_form(CmsImage)(data, {"file": SimpleUploadedFile(name, content)}, user=user)


@pytest.fixture
def chief(buyer):
    buyer.is_superuser = True
    buyer.save()
    return buyer


def test_an_editors_picture_is_encoded_anew(chief):
    whole = saved(photo(1400, 900), "JPEG").getvalue() + b"<script>alert(1)</script>"
    form = sent(whole, "kilim.jpg", chief)
    assert form.is_valid(), form.errors
    image = form.save()
    with image.file.open() as file:
        content = file.read()
    assert (Image.open(io.BytesIO(content)).format, b"<script>" in content, image.width) == ("WEBP", False, 1400)
    shown = picture_of(image, "en")
    assert (shown["alt"], shown["width"]) == ("A red kilim", 1200)
    assert "640w" in shown["srcset"]


def test_an_svg_is_refused_and_nothing_is_stored(chief, own_media):  # noqa: F811
    form = sent(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg", chief)
    assert not form.is_valid()
    assert "file" in form.errors
    assert (CmsImage.objects.count(), stored_files(own_media)) == (0, [])
