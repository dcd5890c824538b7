"""The studio: every button keeps what was typed; a script's pictures are added once; nobody reads another's draft."""

import io
import re
import uuid

import pytest
from django.core.files.storage import storages

from catalogue.models import Product
from marketplace.drafts.models import Draft, DraftPicture
from tests.core.test_pictures import gps_exif, photo, png_header_only, saved
from tests.desks.conftest import jpeg, stored_files, studio
from tests.desks.papers import pdf

JSON = {"accept": "application/json"}


def sent(client, page, **facts):
    """What a script sends while somebody types."""
    return client.post(page, {"do": "keep", **facts}, headers=JSON)


def send_picture(client, page, file, key=None):
    return client.post(f"{page}pictures/", {"photo": file, "picture": str(key or uuid.uuid4())}, headers=JSON)


def test_the_door_gives_every_reader_a_key_and_stores_nothing(at_desk):
    first, second = (at_desk.get("/desk/works/new/").headers["Location"] for _time in range(2))
    assert re.fullmatch(r"/desk/works/drafts/[0-9a-f-]{36}/", first)
    assert first != second
    assert (at_desk.get(first).status_code, Draft.objects.count()) == (200, 0)


def test_the_first_keystroke_is_kept_and_found_again(at_desk):
    page = studio()
    answer = sent(at_desk, page, title_fa="گ", price_rial="گران", version=0, writer=uuid.uuid4()).json()
    assert (answer["version"], answer["wrong"]) == (1, [])
    again = at_desk.get(page).content.decode()
    assert 'value="گ"' in again
    assert 'value="گران"' in again
    assert "form-errors" not in again
    assert Product.objects.count() == 0


def test_without_a_script_the_page_is_kept_and_read_again(at_desk, work_form):
    page = studio()
    response = at_desk.post(page, work_form(do="keep", price_rial="گران"))
    assert (response.status_code, response.headers["Location"]) == (302, f"{page}#pictures")
    draft = Draft.objects.get()
    assert (draft.title, draft.first("price_rial"), draft.pictures.count()) == ("گلیم گل‌ریز", "گران", 1)
    assert Product.objects.count() == 0


def test_names_that_are_no_fields_are_not_kept(at_desk):
    sent(at_desk, studio(), title_fa="گلیم", maker="7", is_demo="on", **{"alt-x": "1"})
    assert Draft.objects.get().typed == {"title_fa": ["گلیم"], "materials": []}


def test_what_is_missing_is_told_while_it_is_written_and_goes(at_desk, work_form):
    page = studio()
    lacks = sent(at_desk, page, title_fa="گلیم").json()["parts"]["studio-lacks"]
    assert 'href="#pictures"' in lacks
    assert 'href="#id_price_rial"' in lacks
    assert 'href="#id_title_fa"' not in lacks
    kept = work_form(do="keep", version="1")
    del kept["photos"]
    sent(at_desk, page, **kept)
    assert 'data-lacks="0"' in send_picture(at_desk, page, jpeg()).json()["parts"]["studio-lacks"]


def test_the_page_and_the_listing_miss_the_same(at_desk, work_form):
    page = studio()
    told = re.findall(r'href="#(id_\w+|pictures)"', sent(at_desk, page, title_fa="").json()["parts"]["studio-lacks"])
    response = at_desk.post(page, {"do": "list", "title_fa": "", "version": "1"})
    found = response.context["form"].errors
    wanted = {"pictures" if name == "__all__" else f"id_{name}" for name in found}
    assert (response.status_code, set(told), Product.objects.count()) == (422, wanted, 0)


def test_an_older_window_is_told_and_loses_nothing(at_desk):
    page, one, other = studio(), str(uuid.uuid4()), str(uuid.uuid4())
    sent(at_desk, page, title_fa="گلیم", version=0, writer=one)
    sent(at_desk, page, title_fa="گلیم سرخ", version=1, writer=other)
    answer = sent(at_desk, page, title_fa="گلیم آبی", version=1, writer=one)
    assert (answer.status_code, answer.json()["version"]) == (409, 2)
    assert Draft.objects.get().title == "گلیم سرخ"
    plain = at_desk.post(page, {"do": "keep", "title_fa": "گلیم آبی", "version": "1", "writer": one})
    html = plain.content.decode()
    assert (plain.status_code, "گلیم آبی" in html, "گلیم سرخ" in html) == (422, True, True)
    assert 'name="version" value="2"' in html
    assert sent(at_desk, page, title_fa="گلیم آبی", version=2, writer=one).json()["version"] == 3


def test_a_picture_sent_twice_by_a_script_is_added_once(at_desk, own_media):
    page, key = studio(), uuid.uuid4()
    first = send_picture(at_desk, page, jpeg(), key)
    files = stored_files(own_media)
    second = send_picture(at_desk, page, jpeg(), key)
    assert (first.status_code, second.status_code) == (200, 200)
    assert (DraftPicture.objects.count(), stored_files(own_media)) == (1, files)


def whole_jpeg() -> bytes:
    return jpeg().getvalue()


BAD = {
    "bomb": lambda: png_header_only(20_000, 20_000),
    "truncated": lambda: io.BytesIO(whole_jpeg()[: len(whole_jpeg()) // 2]),
    "svg with a script": lambda: io.BytesIO(b"<svg><script>alert(1)</script></svg>"),
    "page named as a picture": lambda: io.BytesIO(b"<!doctype html><script>alert(1)</script>"),
    "program named as a picture": lambda: io.BytesIO(b"MZ" + bytes(2000)),
    "nothing": lambda: io.BytesIO(b""),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("by_script", [True, False])
def test_what_is_no_picture_is_refused_and_what_was_typed_is_kept(at_desk, own_media, name, by_script):
    page = studio()
    file = BAD[name]()
    file.name = "kilim.jpg"
    if by_script:
        answer = send_picture(at_desk, page, file)
        assert answer.json()["sentence"]
    else:
        answer = at_desk.post(page, {"do": "keep", "title_fa": "گلیم", "photos": [file]})
        # a file without a byte is no file to Django; it is left out without a word
        if name == "nothing":
            return
        assert 'value="گلیم"' in answer.content.decode()
        assert Draft.objects.get().title == "گلیم"
    assert (answer.status_code, DraftPicture.objects.count(), stored_files(own_media)) == (422, 0, [])


def test_a_file_that_is_two_things_is_stored_as_a_picture_alone(at_desk):
    polyglot = io.BytesIO(whole_jpeg() + b"PK\x03\x04evil.html<script>alert(1)</script>")
    polyglot.name = "kilim.html"
    assert send_picture(at_desk, studio(), polyglot).status_code == 200
    picture = DraftPicture.objects.get()
    assert all(name.endswith(".webp") for name in (*picture.picture.sizes.values(), picture.source))
    with storages["private"].open(picture.source) as file:
        assert b"script" not in file.read()


def test_a_wrong_ending_does_not_matter_and_the_place_is_removed(at_desk):
    file = saved(photo(), "JPEG", exif=gps_exif(1))
    file.name = "kilim.txt"
    assert send_picture(at_desk, studio(), file).status_code == 200
    with storages["private"].open(DraftPicture.objects.get().source) as kept:
        assert b"SecretCamera" not in kept.read()


def test_a_bad_picture_is_told_beside_the_good_one_which_is_kept(at_desk, work_form):
    bad = io.BytesIO(b"no picture at all")
    bad.name = "notes.jpg"
    response = at_desk.post(studio(), work_form(photos=[jpeg(), bad]))
    assert (response.status_code, DraftPicture.objects.count(), Product.objects.count()) == (422, 1, 0)
    assert "notes.jpg" in response.content.decode()


def test_buttons_beside_pictures_move_turn_and_remove(at_desk):
    page = studio()
    for size in ((800, 600), (500, 500), (400, 300)):
        send_picture(at_desk, page, jpeg(size=size))
    first, second, third = (row.key for row in DraftPicture.objects.order_by("position"))

    def widths() -> list[int]:
        return [row.picture.width for row in DraftPicture.objects.order_by("position")]

    sent(at_desk, page, do=f"down:{first}")
    assert widths() == [500, 800, 400]
    sent(at_desk, page, do=f"to-0:{third}")
    assert widths() == [400, 500, 800]
    answer = at_desk.post(page, {"do": f"turn:{third}", "title_fa": "گلیم", "version": "1"})
    assert (answer.status_code, widths(), Draft.objects.get().title) == (302, [300, 500, 800], "گلیم")
    assert "studio-pictures" in sent(at_desk, page, do=f"drop:{second}").json()["parts"]
    assert widths() == [300, 800]
    assert sent(at_desk, page, do=f"drop:{second}").status_code == 200


def test_a_scan_of_a_permit_outlives_the_day(at_desk, work_form):
    page = studio()
    permit = {"permit_number": "G-7", "permit_issued_on": "۱۴۰۵/۰۲/۰۱"}
    at_desk.post(page, work_form(do="keep", origin_country="TR", permit_scan=pdf(), **permit))
    at_desk.post(page, work_form(origin_country="TR", photos=[], version="1", **permit))
    assert Product.objects.get().import_permit.scan.name.endswith(".pdf")


def test_a_refused_listing_leaves_the_draft_as_it_was(at_desk, work_form):
    page = studio()
    assert at_desk.post(page, work_form(origin_country="TR")).status_code == 422
    draft = Draft.objects.get()
    assert (draft.work, draft.title, draft.pictures.count(), Product.objects.count()) == (None, "گلیم گل‌ریز", 1, 0)


def test_a_copy_has_the_words_and_not_the_pictures(at_desk, work_form):
    at_desk.post(studio(), work_form())
    work = Product.objects.get()
    page = at_desk.post(f"/desk/works/{work.pk}/copy/").headers["Location"]
    draft = Draft.objects.unfinished().get()
    assert page == studio(draft.key)
    assert (draft.title, draft.first("length"), draft.first("price_rial")) == ("گلیم گل‌ریز", "۱۲۰.۵", "۱۸۰۰۰۰۰۰")
    assert (draft.pictures.count(), draft.typed["materials"]) == (0, [str(work.materials.get().pk)])
    response = at_desk.post(page, {"do": "list", "photos": [jpeg()], "materials": draft.typed["materials"]})
    assert response.status_code == 302
    twin = Product.objects.exclude(pk=work.pk).get()
    assert (twin.length_mm, twin.weight_grams, twin.stockrecords.get().price) == (1205, 3400, 180_000_000)


def test_the_desk_shows_what_is_unfinished_and_discards_it(at_desk):
    page = studio()
    sent(at_desk, page, title_fa="گلیم ناتمام")
    assert "گلیم ناتمام" in at_desk.get("/desk/").content.decode()
    assert at_desk.get(f"{page}discard/").status_code == 405
    at_desk.post(f"{page}discard/")
    assert Draft.objects.count() == 0
    assert "گلیم ناتمام" not in at_desk.get("/desk/").content.decode()
    assert at_desk.post(f"{page}discard/").status_code == 404


def test_another_makers_draft_is_neither_read_nor_changed(at_desk, client, other_artisan, coppersmith, kilim):
    page = studio()
    sent(at_desk, page, title_fa="گلیم پنهان")
    send_picture(at_desk, page, jpeg())
    key = DraftPicture.objects.get().key
    client.force_login(other_artisan)
    assert "گلیم پنهان" not in client.get(page).content.decode()
    assert client.post(f"{page}discard/").status_code == 404
    sent(client, page, title_fa="از آن من", do=f"drop:{key}", version=0)
    send_picture(client, page, jpeg(), key)
    assert client.post(f"/desk/works/{kilim.pk}/copy/").status_code == 404
    theirs = Draft.objects.get(maker__owner=other_artisan)
    mine = Draft.objects.exclude(pk=theirs.pk).get()
    assert (mine.title, mine.pictures.count(), theirs.title, theirs.pictures.count()) == (
        "گلیم پنهان",
        1,
        "از آن من",
        1,
    )


@pytest.mark.parametrize("path", ["pictures/", "discard/"])
def test_only_a_post_changes_a_draft(at_desk, path):
    assert at_desk.get(studio() + path).status_code == 405


def test_a_stranger_is_asked_to_sign_in(client, db):
    for page in (studio(), f"{studio()}pictures/", f"{studio()}discard/"):
        assert client.post(page).headers["Location"].startswith("/sign-in/")
    assert Draft.objects.count() == 0


def test_the_page_asks_as_many_queries_for_twelve_pictures_as_for_one(
    at_desk, django_assert_max_num_queries, django_assert_num_queries
):
    page = studio()
    sent(at_desk, page, title_fa="گلیم")
    send_picture(at_desk, page, jpeg(size=(40, 30)))
    at_desk.get(page)
    with django_assert_max_num_queries(15) as one:
        at_desk.get(page)
    queries = len(one)
    for _number in range(11):
        send_picture(at_desk, page, jpeg(size=(40, 30)))
    with django_assert_num_queries(queries):
        at_desk.get(page)


def test_fields_follow_the_craft_and_their_answers_stay_with_the_work(at_desk, work_form, kilim_craft, copper_craft):
    page = studio()
    none = sent(at_desk, page, title_fa="گلیم", craft="").json()["parts"]
    assert "studio-facts" not in none
    kilim = sent(at_desk, page, craft=kilim_craft.pk, version=1).json()
    assert 'name="fact-warp"' in kilim["parts"]["studio-facts"]
    sent(at_desk, page, craft=kilim_craft.pk, version=2, **{"fact-warp": "cotton"})
    copper = sent(at_desk, page, craft=copper_craft.pk, version=3).json()["parts"]["studio-facts"]
    assert ('name="fact-thickness"' in copper, "fact-warp" in copper) == (True, False)
    form = work_form(version="4", **{"fact-weft": "wool", "fact-thickness": "2"})
    assert at_desk.post(page, form).status_code == 302
    work = Product.objects.get()
    assert work.facts == {"warp": "cotton", "weft": "wool"}
    html = at_desk.get(work.get_absolute_url()).content.decode()
    assert ("پنبه" in html, "پشم" in html) == (True, True)


def test_a_fair_price_is_reckoned_and_stays_with_the_maker(at_desk, work_form):
    page = studio()
    typed = work_form(do="keep", wage_rial="۵۰٬۰۰۰", wage_source="فهرست اتحادیه", materials_rial="۱٬۰۰۰٬۰۰۰")
    del typed["photos"]
    fair = sent(at_desk, page, **typed).json()["parts"]["studio-fair"]
    assert ("۱۲٬۰۰۰٬۰۰۰" in fair, "فهرست اتحادیه" in fair) == (True, True)
    at_desk.post(page, {"do": "list", "photos": [jpeg()], "materials": typed["materials"]})
    html = at_desk.get(Product.objects.get().get_absolute_url()).content.decode()
    assert "فهرست اتحادیه" not in html
    assert Draft.objects.get().typed == {}


def test_the_preview_follows_what_is_typed(at_desk, work_form):
    typed = work_form(do="keep")
    del typed["photos"]
    preview = sent(at_desk, studio(), **typed).json()["parts"]["studio-preview"]
    for seen in ("گلیم گل‌ریز", "بافته بر دار زمینی", "۱۸٬۰۰۰٬۰۰۰", "شیریکی‌پیچ"):
        assert seen in preview


def test_what_was_typed_is_no_markup_in_the_preview(at_desk):
    sent_words = {"title_fa": "<script>alert(1)</script>", "description_fa": "<img src=x onerror=alert(1)>"}
    preview = sent(at_desk, studio(), **sent_words).json()["parts"]["studio-preview"]
    assert ("<script>" in preview, "<img src=x" in preview) == (False, False)


def test_other_forms_become_variants_with_offers_of_their_own(at_desk, work_form):
    rows = {"variant-1-fa": "آبی", "variant-1-en": "blue", "variant-1-price": "", "variant-1-pieces": "۴"}
    rows |= {"variant-3-fa": "سرخ", "variant-3-price": "۲۰٬۰۰۰٬۰۰۰"}
    response = at_desk.post(studio(), work_form(**rows))
    work = Product.objects.get(parent=None)
    found = [
        (child.title, child.title_en, int(offer.price), offer.num_in_stock)
        for child in work.children.order_by("pk")
        for offer in child.stockrecords.all()
    ]
    assert found == [
        ("گلیم گل‌ریز، آبی", "Kilim with flowers, blue", 180_000_000, 4),
        ("گلیم گل‌ریز، سرخ", "", 200_000_000, 1),
    ]
    assert (work.stockrecords.count(), work.images.count(), response.status_code) == (0, 1, 302)
    for page in (response.headers["Location"], work.get_absolute_url()):
        html = at_desk.get(page).content.decode()
        assert ("گلیم گل‌ریز، آبی" in html, "گلیم گل‌ریز، سرخ" in html) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"variant-2-price": "۲۰٬۰۰۰٬۰۰۰"}, "variant-2-fa", "required_here"),
        ({"variant-1-fa": "آبی", "variant-1-price": "12"}, "variant-1-price", "price"),
        ({"variant-1-fa": "آبی", "how": "one", "pieces": "1"}, "how", "one_of_a_kind"),
    ],
)
def test_a_wrong_row_lists_nothing(at_desk, work_form, typed, field, code):
    response = at_desk.post(studio(), work_form(**typed))
    found = {name: [error.code for error in told] for name, told in response.context["form"].errors.as_data().items()}
    assert (response.status_code, found, Product.objects.count()) == (422, {field: [code]}, 0)
