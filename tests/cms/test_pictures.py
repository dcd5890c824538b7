import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.models import CmsImage
from cms.services import publish_city_story
from cms.stories import picture_of
from marketplace.core import outbox
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


def test_a_picture_without_words_for_what_it_shows_is_refused(chief, own_media):  # noqa: F811
    upload = {"file": SimpleUploadedFile("a.jpg", saved(photo(600, 400), "JPEG").getvalue())}
    data = {"title": "گلیم", "collection": Collection.get_first_root_node().pk, "alt_fa": "گلیم سرخ", "alt_en": ""}
    form = get_image_form(CmsImage)(data, upload, user=chief)
    assert not form.is_valid()
    assert form.errors.as_data()["alt_en"][0].code == "required"
    assert (CmsImage.objects.count(), stored_files(own_media)) == (0, [])


def test_sizes_are_cut_once_a_page_is_published_not_while_it_is_read(chief, sirjan, client):
    form = sent(saved(photo(1400, 900), "JPEG").getvalue(), "kilim.jpg", chief)
    assert form.is_valid()
    image = form.save()
    publish_city_story(
        sirjan, "en", {"lead": "x", "picture": image, "body": [{"type": "gallery", "value": [image.pk]}]}
    )
    image.renditions.all().delete()
    cache.clear()  # Wagtail remembers sizes by the picture's number, which another test's picture had
    outbox.drain()
    cut = set(image.renditions.values_list("pk", flat=True))
    assert len(cut) == 2
    assert "A red kilim" in client.get("/en/city/sirjan/").content.decode()
    assert set(image.renditions.values_list("pk", flat=True)) == cut
