"""The studio: a work written as a draft from the first keystroke, its pictures first, and listed when nothing is missing.

Every button of the page sends the whole form, so whatever is pressed keeps what was typed. A script that asks for JSON gets JSON.
"""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.answers import refused_page
from marketplace.desks.forms.base import reader_language
from marketplace.desks.forms.studio import StudioForm
from marketplace.desks.papers import StoredPaper, drop_papers, keep_paper
from marketplace.desks.services import list_draft
from marketplace.desks.studio import (
    PAPERS,
    differing,
    draft_of,
    fair_price_of,
    lacks,
    pictures_in,
    preview_of,
    read,
    shown,
    typed_in,
    typed_of,
)
from marketplace.desks.views.works import own_work
from marketplace.drafts.models import Draft, DraftPicture
from marketplace.drafts.pictures import add_picture, drop_picture, move_picture, turn_picture
from marketplace.drafts.services import discard_draft, hold_draft, keep_typed
from marketplace.listing.withdrawals import offers_of
from marketplace.makers.models import Maker
from marketplace.ui.templatetags.rasteh import digits

#: File inputs that work without a script: from the gallery, and straight from the camera.
INPUTS = ("photos", "camera")
FORM = "desks/studio/form.html"
#: Parts of the page, each in an element `studio-…`.
PARTS = {part: f"desks/studio/{part}.html" for part in ("lacks", "fair", "preview", "pictures")}
PARTS["facts"] = "desks/forms/facts.html"
#: A picture dragged to a place, the first being 0.
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TO = re.compile(r"to-(\d{1,2})")


@require_safe
@for_maker
def new(request: HttpRequest, maker: Maker) -> HttpResponse:
    """An empty page with a key of its own; nothing is stored before something is typed."""
    return redirect("desks:draft", key=uuid.uuid4())


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def show(request: HttpRequest, maker: Maker, key: uuid.UUID) -> HttpResponse:
    """A draft: shown, kept, its pictures put in order, listed."""
    draft = draft_of(maker, key)
    if draft.work_id:
        return _gone_to(request, draft)
    if request.method != "POST":
        return render(request, "desks/studio/page.html", _context(draft))
    return _keep(request, draft)


def _keep(request: HttpRequest, draft: Draft) -> HttpResponse:
    typed, craft = typed_in(request.POST), draft.first("craft")
    papers, wrong = _papers(request)
    try:
        kept = keep_typed(maker=draft.maker, key=draft.key, typed=typed, papers=papers, **_window(request))
    except ValidationError as error:
        drop_papers(StoredPaper(*kept) for kept in papers.values())
        return _not_kept(request, draft, typed, error)
    kept.maker = draft.maker
    wrong += _add_pictures(request, kept)
    do, _colon, picture = request.POST.get("do", "keep").partition(":")
    if picture:
        _change_picture(kept, do, picture)
    crop = reverse("desks:draft-crop", args=[kept.key, picture]) if do == "crop" and _UUID.fullmatch(picture) else ""
    if crop and not wrong:
        return JsonResponse({"go": crop}) if _wants_json(request) else redirect(crop)
    if _wants_json(request):
        return JsonResponse(
            _told(kept, request, pictures=bool(picture), facts=kept.first("craft") != craft) | {"wrong": wrong}
        )
    if do == "list" and not wrong:
        return _list(request, kept)
    if wrong:
        return render(request, "desks/studio/page.html", _context(kept) | {"wrong": wrong}, status=422)
    if not picture:
        messages.success(request, _("The draft is kept."))
    return redirect(_address(kept, at="pictures" if picture or request.FILES else ""))


def _address(draft: Draft, *, at: str = "") -> str:
    return reverse("desks:draft", args=[draft.key]) + (f"#{at}" if at else "")


def _list(request: HttpRequest, draft: Draft) -> HttpResponse:
    pictures = pictures_in(draft)
    form = read(draft, pictures)
    if not form.is_valid():
        return render(request, "desks/studio/page.html", _context(draft, form=form), status=422)
    try:
        work, made = list_draft(
            draft=draft, language=reader_language(), fields=form.work_fields(), permit=form.permit_facts()
        )
    except ValidationError as error:
        return refused_page(request, error, form=form, form_template=FORM, context=_context(draft, form=form))
    if made:
        messages.success(request, _("“%(work)s” is listed in your workshop.") % {"work": work.name})
    return redirect("desks:work", pk=work.pk)


@require_POST
@for_maker
def picture(request: HttpRequest, maker: Maker, key: uuid.UUID) -> HttpResponse:
    """One picture from a script, under the key it made for it: sent again after a cut line it is not added again."""
    upload = request.FILES.get("photo")
    try:
        if upload is None:
            raise ValidationError(_("Send at least one photo of the work."), code="no_photo")
        draft = hold_draft(maker=maker, key=key)
        draft.maker = maker
        add_picture(draft=draft, key=uuid.UUID(request.POST.get("picture", "")), upload=upload)
    except ValidationError as error:
        return JsonResponse({"sentence": " ".join(error.messages)}, status=422)
    except ValueError:
        return JsonResponse({"sentence": _("Send this picture once more.")}, status=422)
    return JsonResponse(_told(draft, request, pictures=True))


@require_POST
@for_maker
def discard(request: HttpRequest, maker: Maker, key: uuid.UUID) -> HttpResponse:
    """Throw a draft away with its pictures."""
    discard_draft(draft=get_object_or_404(Draft.objects.unfinished(), maker=maker, key=key))
    messages.success(request, _("The draft is discarded."))
    return redirect("desks:home")


@require_POST
@for_maker
def copy(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Begin a new draft with the words of one's own work."""
    work = own_work(maker, pk)
    offer = offers_of(work).order_by("venue_id", "pk").first()
    key = uuid.uuid4()
    try:
        keep_typed(maker=maker, key=key, typed=typed_of(work, offer), version=0, writer=key)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desks:work", pk=work.pk)
    messages.success(
        request, _("This is a new draft with the words of “%(work)s”. Send its own pictures.") % {"work": work.name}
    )
    return redirect("desks:draft", key=key)


def _context(draft: Draft, *, form: StudioForm | None = None) -> dict[str, Any]:
    pictures = pictures_in(draft)
    rows = _rows(draft, pictures)
    told = form if form is not None and form.is_bound else read(draft, pictures)
    return {
        "maker": draft.maker,
        "draft": draft,
        "form": form or shown(draft, pictures, known=told.known),
        "pictures": rows,
        "lacks": lacks(told),
        "fair": fair_price_of(told),
        "preview": preview_of(told, rows[0]["large"] if rows else ""),
        "writer": uuid.uuid4(),
    }


def _rows(draft: Draft, pictures: list[DraftPicture]) -> list[dict[str, Any]]:
    """Pictures as the page lists them, each in its smallest size."""
    rows = []
    for row in pictures:
        width, name = min((int(width), name) for width, name in row.picture.sizes.items())
        height = round(row.picture.height * width / row.picture.width)
        address = default_storage.url(name)
        large = default_storage.url(row.picture.name)
        alt = draft.first(row.alt_name)
        rows.append({"row": row, "alt": alt, "src": address, "width": width, "height": height, "large": large})
    return rows


def _told(draft: Draft, request: HttpRequest, *, pictures: bool, facts: bool = False) -> dict[str, Any]:
    """What a script is told after it kept something: the parts of the page that may read differently now."""
    context = _context(draft)
    parts = ["lacks", "fair", "preview", *(["facts"] if facts else []), *(["pictures"] if pictures else [])]
    return {
        "version": draft.version,
        "saved": _("Kept at %(time)s") % {"time": digits(timezone.localtime().strftime("%H:%M"))},
        "parts": {f"studio-{part}": render_to_string(PARTS[part], context, request) for part in parts},
        "papers": {name: _kept_sentence(shown) for name, (_stored, shown) in draft.papers.items()},
        "wrong": [],
    }


def _kept_sentence(shown_name: str) -> str:
    return _("“%(name)s” is kept; choose another file only to replace it.") % {"name": shown_name}


def _not_kept(request: HttpRequest, draft: Draft, typed: dict[str, list[str]], error: ValidationError) -> HttpResponse:
    """What was typed stays on the page, with the version that is kept now: sent again, it takes the other's place."""
    sentence = " ".join(error.messages)
    now = draft_of(draft.maker, draft.key)
    if now.work_id:
        return _gone_to(request, now)
    theirs = differing(now, typed)
    if _wants_json(request):
        status = 409 if error.code == "draft_newer" else 422
        return JsonResponse({"sentence": sentence, "version": now.version}, status=status)
    now.maker, now.typed = draft.maker, {**now.typed, **typed}
    context = _context(now) | {"not_kept": sentence, "theirs": theirs}
    return render(request, "desks/studio/page.html", context, status=422)


def _gone_to(request: HttpRequest, draft: Draft) -> HttpResponse:
    response = redirect("desks:work", pk=draft.work_id)
    return JsonResponse({"listed": response.url}, status=410) if _wants_json(request) else response


def _window(request: HttpRequest) -> dict[str, Any]:
    """Which version the window has read, and which window it is; one that does not say so has read nothing."""
    version, writer = request.POST.get("version", ""), request.POST.get("writer", "")
    try:
        window = uuid.UUID(writer)
    except ValueError:
        window = uuid.uuid4()
    return {"version": int(version) if version.isdecimal() else 0, "writer": window}


def _papers(request: HttpRequest) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    kept, wrong = {}, []
    for name in PAPERS:
        if upload := request.FILES.get(name):
            try:
                paper = keep_paper(upload, folder="permits")
                kept[name] = [paper.name, paper.shown]
            except ValidationError as error:
                wrong.append((upload.name or "", " ".join(error.messages)))
    return kept, wrong


def _add_pictures(request: HttpRequest, draft: Draft) -> list[tuple[str, str]]:
    """Add the pictures of the plain file inputs; the name of each that was refused, and why."""
    wrong = []
    for upload in [file for name in INPUTS for file in request.FILES.getlist(name)]:
        try:
            add_picture(draft=draft, key=uuid.uuid4(), upload=upload)
        except ValidationError as error:
            wrong.append((upload.name or "", " ".join(error.messages)))
    return wrong


def _change_picture(draft: Draft, do: str, key: str) -> None:
    """What a button beside a picture asks for; a picture that is gone meanwhile needs nothing."""
    rows = pictures_in(draft)
    place, row = next(((at, row) for at, row in enumerate(rows) if str(row.key) == key), (0, None))
    if row is None:
        return
    if do == "drop":
        drop_picture(picture=row)
    elif do == "turn":
        turn_picture(picture=row)
    elif do in {"up", "down"}:
        move_picture(draft=draft, key=row.key, to=place + (1 if do == "down" else -1))
    elif place_told := _TO.fullmatch(do):
        move_picture(draft=draft, key=row.key, to=int(place_told[1]))


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
