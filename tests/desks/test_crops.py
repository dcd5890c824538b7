"""Turning and cropping on a page of its own."""

import io
import uuid

import pytest
from PIL import Image

from marketplace.drafts.models import Draft, DraftPicture
from tests.desks.conftest import jpeg, studio
from tests.desks.test_studio import send_picture, sent

SIDES = {"top": "0", "right": "0", "bottom": "0", "left": "0"}


@pytest.fixture
def cropping(at_desk) -> tuple[str, str]:
    """A draft with a picture of 800 × 600: its page, and that of its picture."""
    page = studio()
    send_picture(at_desk, page, jpeg())
    return page, f"{page}pictures/{DraftPicture.objects.get().key}/"


def size() -> tuple[int, int]:
    stored = DraftPicture.objects.get().picture
    return stored.width, stored.height


def test_what_the_sliders_say_is_cut_off(at_desk, cropping):
    page, crop = cropping
    response = at_desk.post(crop, SIDES | {"left": "25", "bottom": "10", "do": "crop"})
    assert (response.status_code, response.headers["Location"], size()) == (302, f"{page}#pictures", (600, 540))
    html = at_desk.get(crop).content.decode()
    assert 'value="25"' in html
    assert at_desk.post(crop, SIDES | {"do": "crop"}).status_code == 302
    assert size() == (800, 600)


def test_it_is_turned_and_made_square(at_desk, cropping):
    assert at_desk.post(cropping[1], {"do": "turn"}).headers["Location"] == cropping[1]
    assert size() == (600, 800)
    at_desk.post(cropping[1], {"do": "square"})
    assert size() == (600, 600)


@pytest.mark.parametrize("wrong", [{"left": "46"}, {"left": "-1"}, {"left": ""}, {"left": "x"}])
def test_a_cut_that_is_no_cut_is_refused(at_desk, cropping, wrong):
    response = at_desk.post(cropping[1], SIDES | wrong | {"do": "crop"})
    assert (response.status_code, list(response.context["form"].errors), size()) == (422, ["left"], (800, 600))


def test_the_whole_picture_is_its_makers_alone(at_desk, cropping, client, other_artisan, coppersmith):
    answer = at_desk.get(f"{cropping[1]}whole.webp")
    assert (answer.headers["Content-Type"], Image.open(io.BytesIO(answer.content)).size) == ("image/webp", (800, 600))
    assert "private" in answer.headers["Cache-Control"]
    client.force_login(other_artisan)
    assert client.get(f"{cropping[1]}whole.webp").status_code == 404
    assert client.get(cropping[1]).status_code == 404
    assert client.post(cropping[1], {"do": "turn"}).status_code == 404
    assert size() == (800, 600)


def test_going_to_crop_keeps_what_was_typed(at_desk, cropping):
    page, crop = cropping
    key = DraftPicture.objects.get().key
    response = at_desk.post(page, {"do": f"crop:{key}", "title_fa": "گلیم"})
    assert (response.headers["Location"], Draft.objects.get().title) == (crop, "گلیم")
    assert sent(at_desk, page, do=f"crop:{key}", version=1).json()["go"] == crop


def test_a_picture_that_is_nowhere_is_not_found(at_desk, cropping):
    assert at_desk.get(f"{cropping[0]}pictures/{uuid.uuid4()}/").status_code == 404


def test_the_page_asks_few_queries(at_desk, cropping, django_assert_max_num_queries):
    at_desk.get(cropping[1])
    with django_assert_max_num_queries(10):
        assert at_desk.get(cropping[1]).status_code == 200
