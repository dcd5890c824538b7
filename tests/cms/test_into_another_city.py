"""From the own city into another's: moved, copied, mirrored, uploaded, tagged, many at once. Nothing arrives and nothing there changes."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, Page

from cms.models import CmsImage, NewsPage
from marketplace.core import clock
from marketplace.places.models import Spot
from tests.cms.test_rights import (  # noqa: F401
    edit_of,
    files,
    news_form,
    own_media,
    pages,
    signed_in,
)
from tests.secretariats.people import (  # noqa: F401
    UNTIL,
    editor,
    eligibility,
    ravar,
    secretariat,
    secretary,
)

POSTS = ["editor", "secretary"]


@pytest.fixture
def news(pages):  # noqa: F811
    """Live news of (Ravar, Sirjan)."""
    return [
        page.add_child(
            instance=NewsPage(title=f"News {page.slug}", slug=f"of-{page.slug}", lead="x", locale=page.locale)
        )
        for page in pages
    ]


def places_of_pages() -> list[tuple]:
    return list(Page.objects.order_by("pk").values_list("pk", "path", "live", "locked", "title"))


@pytest.fixture(params=POSTS)
def of_ravar(request, news):
    return signed_in(request.getfixturevalue(request.param))


def bulk(client, action: str, *objects, kind: str = "wagtailcore/page", **form):
    app, model = kind.split("/")
    address = reverse("wagtail_bulk_action", args=[app, model, action])
    return client.post(f"{address}?{'&'.join(f'id={one.pk}' for one in objects)}&next=/cms/", form)


def test_own_news_is_moved_into_no_other_city(of_ravar, news, pages):  # noqa: F811
    before = places_of_pages()
    of_ravar.post(reverse("wagtailadmin_pages:move_confirm", args=[news[0].pk, pages[1].pk]))
    of_ravar.post(reverse("wagtailadmin_pages:move", args=[news[0].pk]), {"new_parent_page": pages[1].pk})
    bulk(of_ravar, "move", news[0], chooser=pages[1].pk)
    assert places_of_pages() == before


def test_another_citys_news_is_moved_nowhere(of_ravar, news, pages):  # noqa: F811
    before = places_of_pages()
    address = reverse("wagtailadmin_pages:move_confirm", args=[news[1].pk, pages[0].pk])
    assert of_ravar.get(address).status_code in (302, 403)
    of_ravar.post(address)
    bulk(of_ravar, "move", news[1], chooser=pages[0].pk)
    assert places_of_pages() == before


@pytest.mark.parametrize("alias", ["", "on"])
@pytest.mark.parametrize(("which", "to"), [(0, 1), (1, 0), (1, 1)])
def test_nothing_is_copied_or_mirrored_between_cities(of_ravar, news, pages, alias, which, to):  # noqa: F811
    before = places_of_pages()
    form = {"new_title": "x", "new_slug": "copied", "new_parent_page": pages[to].pk, "publish_copies": "on"}
    of_ravar.post(reverse("wagtailadmin_pages:copy", args=[news[which].pk]), form | ({"alias": alias} if alias else {}))
    assert places_of_pages() == before


def test_own_news_is_copied_in_the_own_city(secretary, news, pages):  # noqa: F811
    form = {"new_title": "x", "new_slug": "copied", "new_parent_page": pages[0].pk}
    signed_in(secretary).post(reverse("wagtailadmin_pages:copy", args=[news[0].pk]), form)
    assert NewsPage.objects.child_of(pages[0]).count() == 2


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_many_at_once_leave_another_citys_page_alone(of_ravar, news, action):
    news[1].title = "Draft"
    news[1].save_revision()
    before = places_of_pages()
    bulk(of_ravar, action, news[1], include_descendants="on")
    assert places_of_pages() == before


def test_an_editor_publishes_and_unpublishes_nothing_by_many_at_once(editor, news):  # noqa: F811
    before = places_of_pages()
    for action in ("publish", "unpublish"):
        bulk(signed_in(editor), action, news[0])
    assert places_of_pages() == before


def facts_of_files() -> list:
    return [(one.pk, one.title, one.collection_id, sorted(one.tags.names())) for one in CmsImage.objects.order_by("pk")]


@pytest.mark.parametrize("post", POSTS)
def test_files_of_another_city_are_not_tagged_gathered_or_deleted_at_once(files, secretary, request, post):  # noqa: F811
    client = signed_in(request.getfixturevalue(post))
    _own, (other_picture, other_paper) = files
    own, before = Collection.objects.get(name="Ravar"), facts_of_files()
    for kind, other in (("cms/cmsimage", other_picture), ("wagtaildocs/document", other_paper)):
        bulk(client, "add_tags", other, kind=kind, tags="x")
        bulk(client, "add_to_collection", other, kind=kind, collection=own.pk)
        bulk(client, "delete", other, kind=kind)
    assert facts_of_files() == before
    other_paper.refresh_from_db()
    assert (other_paper.collection.name, list(other_paper.tags.names())) == ("Sirjan", [])


@pytest.mark.parametrize("post", POSTS)
def test_nothing_is_put_into_another_citys_collection(files, secretary, request, post):  # noqa: F811
    client = signed_in(request.getfixturevalue(post))
    (picture, paper), _others = files
    other = Collection.objects.get(name="Sirjan")
    before = CmsImage.objects.filter(collection=other).count()
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (20, 90, 90)).save(out, "PNG")
    out.seek(0)
    out.name = "new.png"
    form = {"title": "x", "collection": other.pk}
    client.post(reverse("wagtailimages_chooser:create"), form | {"image-chooser-upload-file": out, "file": out})
    uploaded = {f"image-chooser-upload-{name}": value for name, value in form.items()}
    out.seek(0)
    client.post(reverse("wagtailimages_chooser:create"), uploaded | {"image-chooser-upload-file": out})
    out.seek(0)
    client.post(reverse("wagtailimages:add"), form | {"file": out})
    out.seek(0)
    client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": out, "collection": other.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    client.post(reverse("wagtailimages:edit", args=[picture.pk]), form)
    client.post(reverse("wagtaildocs:edit", args=[paper.pk]), form)
    bulk(client, "add_to_collection", picture, kind="cms/cmsimage", collection=other.pk)
    paper.refresh_from_db()
    assert (CmsImage.objects.filter(collection=other).count(), paper.collection.name) == (before, "Ravar")


def test_a_place_of_another_city_is_neither_read_in_full_nor_changed(of_ravar, ravar, sirjan):  # noqa: F811
    told = {"kind": "sight", "name_fa": "میدان", "name_en": "Square", "source": "plan"}
    own, other = (Spot.objects.create(slug=city.slug, city=city, **told) for city in (ravar, sirjan))
    for name in ("edit", "copy", "history", "usage"):
        codes = [
            of_ravar.get(reverse(f"wagtailsnippets_places_spot:{name}", args=[one.pk])).status_code
            for one in (own, other)
        ]
        assert (codes[0], codes[1] in (302, 403, 404)) == (200, True), name
    form = told | {"slug": "sirjan", "name_fa": "گرفته", "city": ravar.pk}
    of_ravar.post(reverse("wagtailsnippets_places_spot:edit", args=[other.pk]), form)
    of_ravar.post(reverse("wagtailsnippets_places_spot:delete", args=[other.pk]))
    other.refresh_from_db()
    assert (other.name_fa, other.city) == ("میدان", sirjan)
    listed = of_ravar.get(reverse("wagtailsnippets_places_spot:list")).context["object_list"]
    assert [one.pk for one in listed] == [own.pk]


def test_a_page_the_secretary_locked_waits_for_the_secretary(pages, editor, secretary, news):  # noqa: F811
    approving, drafting = signed_in(secretary), signed_in(editor)
    approving.post(reverse("wagtailadmin_pages:lock", args=[news[0].pk]))
    assert Page.objects.get(pk=news[0].pk).locked
    drafting.post(reverse("wagtailadmin_pages:unlock", args=[news[0].pk]))
    drafting.post(edit_of(news[0]), news_form(title="Taken", lead="Taken"))
    kept = NewsPage.objects.get(pk=news[0].pk)
    assert (kept.locked, kept.has_unpublished_changes) == (True, False)
    approving.post(reverse("wagtailadmin_pages:lock", args=[news[1].pk]))
    assert not Page.objects.get(pk=news[1].pk).locked


def test_translations_are_the_markets_own_editors(of_ravar, news):
    for page in news:
        answer = of_ravar.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
        assert answer.status_code in (302, 403)


def test_an_ended_term_opens_nothing_of_the_own_city(editor, secretary, news):  # noqa: F811
    before = places_of_pages()
    lapsed = [signed_in(editor), signed_in(secretary)]
    clock.set_today(UNTIL.replace(day=UNTIL.day + 1))
    for client in lapsed:
        for name in ("edit", "copy", "move", "history", "delete", "unpublish", "view_draft", "usage", "lock", "unlock"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[news[0].pk])
            assert (client.get(address).status_code, client.post(address).status_code) == (302, 302), name
        for action in ("publish", "unpublish", "delete"):
            assert bulk(client, action, news[0]).status_code == 302
    assert places_of_pages() == before
