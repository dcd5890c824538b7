"""One picture of a draft: turned and cropped, by sliders that work without a script. The server draws every pixel anew."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.forms.crops import CropForm
from marketplace.drafts.models import DraftPicture
from marketplace.drafts.pictures import crop_picture, square_of, turn_picture, turned
from marketplace.makers.models import Maker


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def show(request: HttpRequest, maker: Maker, key: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    """A picture with its sliders."""
    row = _own(maker, key, picture)
    if request.method != "POST":
        return _page(request, row, CropForm(initial=CropForm.initial_of(row.crop)))
    do = request.POST.get("do")
    if do == "turn":
        turn_picture(picture=row)
        return redirect("desks:draft-crop", key=key, picture=picture)
    if do == "square":
        crop_picture(picture=row, crop=square_of(row))
        return redirect("desks:draft-crop", key=key, picture=picture)
    form = CropForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    crop_picture(picture=row, crop=form.crop())
    return redirect(reverse("desks:draft", args=[key]) + "#pictures")


@require_safe
@for_maker
def whole(request: HttpRequest, maker: Maker, key: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    """The picture as it is turned, with nothing cut off: for its own maker's eyes."""
    row = _own(maker, key, picture)
    return HttpResponse(turned(row), content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def _own(maker: Maker, key: uuid.UUID, picture: uuid.UUID) -> DraftPicture:
    return get_object_or_404(DraftPicture, draft__maker=maker, draft__key=key, key=picture)


def _page(request: HttpRequest, row: DraftPicture, form: CropForm, *, status: int = 200) -> HttpResponse:
    return render(
        request, "desks/studio/crop.html", {"maker": row.draft.maker, "row": row, "form": form}, status=status
    )
