"""Every address of the editor's room, walked by the people of Ravar with what is Sirjan's: nothing is read, nothing changes.

The addresses are taken from the router itself, so a way that Wagtail adds tomorrow is walked tomorrow.
"""

import itertools
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Collection, Comment, Locale, Page, TaskState
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from cms.models import FormPage, NewsPage
from cms.services import publish_city_story
from marketplace.core import clock
from marketplace.places.models import Spot
from marketplace.secretariats import services
from tests.cms.test_rights import (  # noqa: F401
    edit_of,
    news_form,
    own_media,
    pages,
    paper_in,
    picture_in,
    signed_in,
)
from tests.cms.test_translation import migrations_told  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    UNTIL,
    appoint,
    editor,
    eligibility,
    person,
    ravar,
    secretariat,
    secretary,
)

#: Stands in everything of Sirjan that only Sirjan's people may read.
SECRET = "نهانی‌سیرجان"
#: Tables that must stay as they are.
KEPT = [
    *(
        "wagtailcore.Page",
        "cms.NewsPage",
        "cms.CityPage",
        "cms.FormPage",
        "wagtailcore.Revision",
        "wagtailcore.TaskState",
    ),
    *(
        "wagtailcore.WorkflowState",
        "wagtailcore.PageViewRestriction",
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
    ),
    *("wagtailforms.FormSubmission", "cms.CmsImage", "wagtaildocs.Document", "places.Spot", "wagtailcore.Collection"),
    *("wagtailcore.Workflow", "wagtailcore.Task", "wagtailcore.WorkflowPage", "wagtail_localize.Translation"),
    *("wagtail_localize.TranslationSource", "wagtail_localize.StringTranslation", "wagtail_localize.SegmentOverride"),
    *("core.User", "auth.Group", "wagtailcore.Locale"),
]
#: Columns that reading alone may write.
MOVING = {"last_login"}
POSTED = {
    "title": "گرفته",
    "name": "گرفته",
    "comment": "گرفته",
    "action-publish": "1",
    "confirm": "1",
    "locales": "1",
    "publish_copies": "on",
    "value": "گرفته",
}


class Theirs:
    """What is Sirjan's, by the names that addresses give it."""

    def __init__(self, page: Page, drafter) -> None:
        self.city = page
        self.collection = Collection.objects.get(name="Sirjan")
        self.picture, self.paper = picture_in(self.collection), paper_in(self.collection)
        for file in (self.picture, self.paper):
            file.title = SECRET
            file.save()
        city = page.specific.city
        self.spot = Spot.objects.create(
            slug="hidden",
            name_fa="میدان سیرجان",
            name_en="Square of Sirjan",
            kind="workshop",
            city=city,
            source=SECRET,
            source_date=clock.today(),
        )
        self._draft(page, drafter)
        self._form(page)
        self._translation()

    def _draft(self, page: Page, drafter) -> None:
        facts = {"title": SECRET, "slug": "hidden", "lead": SECRET, "locale": page.locale, "live": False}
        self.draft = page.add_child(instance=NewsPage(**facts))
        self.revisions = [self.draft.save_revision(user=drafter) for _nth in range(2)]
        Comment.objects.create(page=self.draft, user=drafter, text=SECRET, contentpath="title")
        signed_in(drafter).post(edit_of(self.draft), news_form(title=SECRET, lead=SECRET, **{"action-submit": "1"}))
        self.task = TaskState.objects.get()

    def _form(self, page: Page) -> None:
        self.form = page.add_child(
            instance=FormPage(title="فرم", slug="form", lead="فرم", thanks="سپاس", locale=page.locale)
        )
        self.form.get_submission_class().objects.create(form_data={"name": SECRET}, page=self.form)

    def _translation(self) -> None:
        source, _made = TranslationSource.get_or_create_from_instance(self.draft)
        source.update_from_db()
        self.translation = Translation.objects.create(
            source=source, target_locale=Locale.objects.get(language_code="en")
        )
        self.string = StringSegment.objects.filter(source=source).first()
        self.translation.save_target(publish=False)
        self.override = OverridableSegment.objects.filter(source=source).first()

    def named(self) -> Iterator[dict[str, Any]]:
        """Values of the parts of addresses: one set for each kind of thing that `pk` may mean."""
        page = {
            **dict.fromkeys(
                ("page_id", "page_to_move_id", "parent_page_id", "page_pk", "destination_id"), self.draft.pk
            ),
            **dict.fromkeys(("revision_id", "revision_id_a"), self.revisions[0].pk),
            "revision_id_b": self.revisions[1].pk,
            "task_state_id": self.task.pk,
            "workflow_state_id": self.task.workflow_state_id,
            "workflow_pk": self.task.workflow_state.workflow_id,
            "task_id": self.task.task_id,
            "action_name": "approve",
            "translation_id": self.translation.pk,
            "translation_source_id": self.translation.source_id,
            "string_segment_id": self.string.pk,
            "overridable_segment_id": self.override.pk if self.override else 1,
            **dict.fromkeys(("document_id", "doc_id"), self.paper.pk),
            "image_id": self.picture.pk,
            "collection_id": self.collection.pk,
            "filter_spec": "original",
            "mode": "",
            "content_type_app_name": "cms",
            "content_type_model_name": "newspage",
            "app_label": "cms",
            "model_name": "newspage",
            "app_name": "taggit",
            "action": "delete",
            "object_id": str(self.draft.pk),
            "session_id": 1,
            "uploaded_file_id": 1,
            "redirect_id": 1,
        }
        for pk in (self.draft.pk, self.spot.pk, self.picture.pk, self.paper.pk, self.collection.pk, self.task.task_id):
            yield page | {"pk": pk}
        for city in (self.city, self.form):
            yield page | dict.fromkeys(("page_id", "page_to_move_id", "parent_page_id", "page_pk", "pk"), city.pk)
        for action in ("unpublish", "copy", "move", "publish", "create_alias", "revert_to_page_revision", "delete"):
            yield page | {"pk": self.draft.pk, "action_name": action}


def routes() -> Iterator[tuple[str, frozenset[str]]]:
    """(name, parts) of every address below /cms/."""

    def walk(resolver, spaces: tuple[str, ...], parts: frozenset[str]):
        for one in resolver.url_patterns:
            own = parts | set(one.pattern.regex.groupindex)
            if isinstance(one, URLResolver):
                yield from walk(one, (*spaces, one.namespace) if one.namespace else spaces, own)
            elif isinstance(one, URLPattern) and one.name:
                yield ":".join((*spaces, one.name)), own

    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == "cms/" and isinstance(resolver, URLResolver):
            yield from walk(resolver, (), frozenset())


#: Not asked: one ends the session, the other only raises an error.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test"}


@pytest.fixture
def theirs(pages, sirjan, editor, secretary, own_media, migrations_told):  # noqa: F811
    """Sirjan has a secretariat of its own, a draft that waits for approval, a form with answers, files, a place and a translation."""
    publish_city_story(sirjan, "en", {"lead": "Kilims"})
    of_sirjan = services.found(city=sirjan)
    drafter = person("drafter", 140)
    appoint(of_sirjan, "editor", drafter)
    return Theirs(pages[1], drafter)


def state() -> dict[str, list]:
    """Every row of the tables that must stay."""
    found = {}
    for label in KEPT:
        model = apps.get_model(label)
        names = [column.name for column in model._meta.concrete_fields if column.name not in MOVING]
        found[label] = list(model._base_manager.order_by("pk").values(*names))
    return found


def tells(answer) -> bool:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return any(form in body for form in (SECRET.encode(), json.dumps(SECRET)[1:-1].encode()))


def addresses(theirs: Theirs) -> list[tuple[str, str]]:
    """(name, address) of each way, with everything of Sirjan's in its place."""
    found = set()
    for (name, parts), values in itertools.product(routes(), list(theirs.named())):
        if name in LEFT_OUT or not parts <= values.keys():
            continue
        with suppress(NoReverseMatch):  # a part of another shape: this set is not meant for it
            found.add((name, reverse(name, kwargs={part: values[part] for part in parts})))
    return sorted(found)


@pytest.mark.parametrize("post", ["editor", "secretary"])
def test_no_way_reads_or_changes_what_is_another_citys(theirs, post, request):
    walker = signed_in(request.getfixturevalue(post))
    walker.raise_request_exception = False
    walked, told, changed, before = 0, set(), set(), state()
    for name, of_name in itertools.groupby(addresses(theirs), key=lambda one: one[0]):
        for _name, address in of_name:
            for way, form in (("get", {}), ("post", POSTED)):
                walked += 1
                if tells(getattr(walker, way)(address, form)):
                    told.add(f"{way} {name}")
        after = state()
        changed |= {f"{name}: {label}" for label in KEPT if after[label] != before[label]}
        before = after
    assert (sorted(told), sorted(changed)) == ([], [])
    assert walked > 500
