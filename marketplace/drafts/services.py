"""Verbs of a draft: keep what was typed, discard it, make it a work's past."""

from uuid import UUID

from django.db import transaction

from catalogue.models import Product
from marketplace.drafts.models import Draft
from marketplace.drafts.pictures import forget_files
from marketplace.drafts.rules import require_bearable, require_newest, require_room_for_draft, require_unlisted
from marketplace.makers.models import Maker


@transaction.atomic
def hold_draft(*, maker: Maker, key: UUID) -> Draft:
    """The draft of this key, locked; made when nothing was kept under it yet. Raises ValidationError when it is listed."""
    draft = Draft.objects.select_for_update().filter(maker=maker, key=key).first()
    if draft is None:
        Maker.objects.select_for_update().get(pk=maker.pk)
        require_room_for_draft(Draft.objects.unfinished().filter(maker=maker).count())
        Draft.objects.get_or_create(maker=maker, key=key)
        draft = Draft.objects.select_for_update().get(maker=maker, key=key)
    require_unlisted(draft)
    return draft


@transaction.atomic
def keep_typed(
    *,
    maker: Maker,
    key: UUID,
    typed: dict[str, list[str]],
    papers: dict[str, list[str]] | None = None,
    version: int,
    writer: UUID,
) -> Draft:
    """Keep what was typed, as it was typed. Fields that were not sent stay as they are.

    `version` is the one the window has read. Raises ValidationError with code `draft_newer`, `draft_listed`, `draft_too_long` or
    `too_many_drafts`, and keeps nothing then.
    """
    draft = hold_draft(maker=maker, key=key)
    whole = {**draft.typed, **typed}
    sent = {**draft.papers, **(papers or {})}
    if (whole, sent) == (draft.typed, draft.papers):
        return draft
    require_newest(draft, version=version, writer=writer)
    require_bearable(whole)
    draft.typed, draft.papers, draft.writer = whole, sent, writer
    draft.version += 1
    draft.save(update_fields=["typed", "papers", "writer", "version", "changed_at"])
    return draft


@transaction.atomic
def discard_draft(*, draft: Draft) -> None:
    """Throw an unfinished draft away, with its pictures."""
    held = hold_draft(maker=draft.maker, key=draft.key)
    pictures = list(held.pictures.all())
    held.delete()
    transaction.on_commit(lambda: forget_files(pictures))


@transaction.atomic
def close_draft(*, draft: Draft, work: Product) -> None:
    """The draft became a work, which has taken its pictures over; nothing of what was typed is kept twice."""
    pictures = list(draft.pictures.all())
    draft.pictures.all().delete()
    draft.work, draft.typed, draft.papers = work, {}, {}
    draft.save(update_fields=["work", "typed", "papers", "changed_at"])
    transaction.on_commit(lambda: forget_files(pictures, sources_only=True))
