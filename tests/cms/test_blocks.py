"""Blocks of a story: what they refuse, and that those of the market say what holds today."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model

from authenticity.seals import revoke_seal
from catalogue.models import Product
from cms import blocks, choosers, market_blocks
from cms.models import CmsImage
from cms.services import publish_city_story
from tests.core.test_pictures import own_media  # noqa: F401

pytestmark = pytest.mark.django_db


def shown(block, value) -> str:
    """What a reader of English sees of a block."""
    with override("en"):
        return block.render(block.to_python(value))


def test_works_by_city_craft_maker_and_seal_are_todays(market, sirjan, kilim_craft, weaver, seal):
    block = market_blocks.WorksBlock()
    for chosen in ({"city": sirjan.pk}, {"craft": kilim_craft.pk}, {"maker": weaver.pk}, {"seal": seal.scheme_id}):
        html = shown(block, {"heading": "Of the loom", "number": "4"} | chosen)
        assert ("Shiriki-pich kilim" in html, "Chased tray" in html, "Of the loom" in html) == (True, False, True)
    assert "Quality mark" in shown(block, {"city": sirjan.pk, "number": "4"})
    revoke_seal(grant=seal, because="The dye was not natural.")
    assert "Quality mark" not in shown(block, {"city": sirjan.pk, "number": "4"})


def test_works_of_nothing_are_refused():
    block = market_blocks.WorksBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python({"number": "4"}))
    assert error.value.block_errors["city"].code == "works_of_nothing"


def test_a_hidden_work_leaves_nothing_behind(market, kilim):
    block = market_blocks.WorkBlock()
    assert "Shiriki-pich kilim" in shown(block, {"work": kilim.pk})
    Product.objects.filter(pk=kilim.pk).update(is_public=False)
    assert shown(block, {"work": kilim.pk}).strip() == ""


def test_a_maker_a_venue_and_a_map_are_shown_by_name(market, weaver, bazaar, sirjan):
    assert weaver.name_en in shown(market_blocks.MakerBlock(), {"maker": weaver.pk})
    assert "Iranian handicrafts only" in shown(market_blocks.VenueBlock(), {"venue": bazaar.pk})
    assert "/en/city/sirjan/map/" in shown(market_blocks.MapBlock(), {"city": sirjan.pk})


@pytest.fixture
def two_pictures(own_media):  # noqa: F811
    def make(name: str) -> CmsImage:
        out = io.BytesIO()
        Image.new("RGB", (900, 600), "#8a5a2b").save(out, "WEBP")
        return CmsImage.objects.create(
            title=name, file=SimpleUploadedFile(f"{name}.webp", out.getvalue()), alt_en=f"{name} in words", alt_fa="ن"
        )

    return make("First"), make("Second")


def test_essays_and_befores_and_afters_describe_their_pictures(two_pictures):
    first, second = two_pictures
    story = blocks.StoryBlock()
    plates = [{"picture": first.pk, "words": "The yarn"}, {"picture": second.pk, "words": ""}]
    parts = [
        {"type": "essay", "value": plates},
        {"type": "before_after", "value": {"before": first.pk, "after": second.pk, "words": "Washed"}},
        {"type": "timeline", "value": [{"when": "1396", "text": "World city", "source": "Minutes"}]},
    ]
    html = shown(story, parts)
    assert (html.count('alt="First in words"'), html.count('alt="Second in words"')) == (2, 2)
    for words in ("The yarn", "Washed", "1396", "World city", "Minutes"):
        assert words in html


def document(name: str):
    made = get_document_model()(title=name)
    made.file.save(name, ContentFile(b"x"))
    return made


@pytest.mark.parametrize(
    ("file", "transcript", "field", "code"),
    [
        ("film.mp4", "", "transcript", "recording_unheard"),
        ("paper.pdf", "Words", "file", "no_recording"),
    ],
)
def test_a_recording_for_few_is_refused(own_media, file, transcript, field, code):  # noqa: F811
    block = blocks.RecordingBlock()
    value = {"title": "x", "file": document(file).pk, "captions": None, "transcript": transcript, "source": "y"}
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python(value))
    assert error.value.block_errors[field].code == code


def test_a_film_has_its_captions_and_its_transcript(own_media):  # noqa: F811
    film, captions = document("film.mp4"), document("film.vtt")
    value = {"title": "Loom", "file": film.pk, "captions": captions.pk, "transcript": "Thump.", "source": "Studio"}
    html = shown(blocks.RecordingBlock(), value)
    for words in ("<video", captions.url, "Thump.", "Studio"):
        assert words in html


def test_a_button_that_leads_nowhere_is_refused():
    block = blocks.CallBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python({"text": "Come", "label": "Go", "page": None, "url": ""}))
    assert error.value.block_errors["page"].code == "call_leads_nowhere"


@pytest.mark.parametrize("chooser", choosers.EVERY, ids=lambda one: one.name)
def test_editors_choose_by_name(chooser, client, buyer, settings, market, seal):
    settings.SECOND_FACTOR_REQUIRED = False
    buyer.is_superuser = buyer.is_staff = True
    buyer.save()
    client.force_login(buyer)
    everything = client.get(f"/cms/{chooser.name}/").content.decode()
    none = client.get(f"/cms/{chooser.name}/results/", {"q": "no such name"}).content.decode()
    assert "data-chooser-modal-choice" in everything
    assert "data-chooser-modal-choice" not in none


def test_a_page_with_live_blocks_is_edited_and_read(client, market, sirjan, kilim):
    parts = [{"type": "work", "value": {"work": kilim.pk}}, {"type": "map", "value": {"city": sirjan.pk}}]
    publish_city_story(sirjan, "en", {"lead": "x", "body": parts})
    html = client.get("/en/city/sirjan/").content.decode()
    assert 'class="live' in html
    assert html.count("Shiriki-pich kilim") >= 2


def test_a_button_to_a_page_that_is_no_longer_read_leaves_nothing_behind(sirjan):
    page = publish_city_story(sirjan, "en", {"lead": "A city of kilims."})
    call = {"text": "Go and see", "label": "See", "page": page.pk}
    assert f'href="{page.url}"' in shown(blocks.CallBlock(), call)
    page.unpublish()
    assert shown(blocks.CallBlock(), call).strip() == ""
    page.delete()
    assert shown(blocks.CallBlock(), call).strip() == ""
