"""The guides: every picture is there and small, every address is real, and the paper is two tagged pages that can be read back."""

import re
from collections import Counter
from unicodedata import normalize

import pypdfium2
import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import override
from PIL import Image

from marketplace.shop.guide_paper import guide_pdf
from marketplace.shop.guides import NAMES, guide_of, guides

LANGUAGES = ("fa", "en")
PREFIX = {"fa": "", "en": "/en"}
#: Bytes of one picture.
MOST = 60_000
STEPS = [
    pytest.param(guide, step, id=f"{guide.name}-{at}") for guide in guides() for at, step in enumerate(guide.steps, 1)
]


def text_of(pdf: bytes) -> str:
    """Letters alone: lines are broken where the paper breaks them."""
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def letters(text: str) -> Counter[str]:
    """How often each Persian letter stands there; letters that are drawn as one are read back in another order."""
    return Counter(re.findall("[آ-غف-قکگلمنوهیپچژ]", normalize("NFKC", text).translate({0x64A: "ی", 0x643: "ک"})))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("guide", "step"), STEPS)
def test_every_step_leads_to_a_page_that_exists_and_shows_a_small_picture_with_words_for_it(guide, step, language):
    if step.route:
        with override(language):
            address = reverse(step.route)
            assert resolve(address).view_name == step.route
    assert getattr(step.title, language)
    assert getattr(step.text, language)
    if step.picture:
        assert len(getattr(step.picture.alt, language)) > 20
        file = settings.BASE_DIR / "static" / step.picture.file(language)
        assert file.stat().st_size <= MOST
        with Image.open(file) as image:
            assert image.format == "WEBP"
            assert image.size == ((1350, 930) if guide.wide else (720, 1280))


def test_no_picture_lies_about_that_no_guide_shows():
    shown = {
        step.picture.file(language)
        for guide in guides()
        for step in guide.steps
        if step.picture
        for language in LANGUAGES
    }
    there = {f"guide/{file.name}" for file in (settings.BASE_DIR / "static" / "guide").iterdir()}
    assert there == shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_paper_is_two_tagged_pages_with_every_word_and_picture(name, language):
    pdf = guide_pdf(name, language)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert (b"/StructTreeRoot" in pdf, f"/Lang ({language})".encode() in pdf or b"/Lang" in pdf) == (True, True)
    assert len(pdf) < 1_000_000
    guide = guide_of(name)
    pictures = [step.picture for step in guide.steps if step.picture]
    drawn = [thing for page in document for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(drawn) == len(pictures)
    told = text_of(pdf)
    if language == "en":  # what is read back of Persian stands in the order of its drawing
        for step in guide.steps:
            assert "".join(step.title.en.split()) in told
            assert "".join(step.text.en.split()) in told
    else:
        wanted = letters(" ".join(step.title.fa + step.text.fa for step in guide.steps))
        assert wanted - letters(told) == Counter()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_the_pictures_of_its_language_and_leads_to_the_paper(client, db, name, language):
    answer = client.get(f"{PREFIX[language]}/guide/{name}/")
    page = answer.content.decode()
    guide = guide_of(name)
    assert page.count("<img ") == sum(step.picture is not None for step in guide.steps)
    assert set(re.findall(r"guide/[\w-]+-(fa|en)\.", page)) == {language}
    assert getattr(guide.title, language) in page
    assert f'href="{PREFIX[language]}/guide/{name}.pdf"' in page
    paper = client.get(f"{PREFIX[language]}/guide/{name}.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_list_leads_to_every_guide_and_a_guide_of_nobody_is_not_there(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get("/guide/").content.decode()
    for name in NAMES:
        assert f'href="/guide/{name}/"' in page
    assert (client.get("/guide/nobody/").status_code, client.get("/guide/nobody.pdf").status_code) == (404, 404)


def test_the_guide_stands_on_the_desk_of_its_reader(client, artisan):
    client.force_login(artisan)
    assert 'href="/en/guide/maker/"' in client.get("/en/desk/", follow=True).content.decode()
