"""Health, local media and private files."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.signing import BadSignature
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from marketplace.core.storage import SIGNED_SECONDS, private_signer

#: Only what our own pipeline writes is served as itself; anything else is offered as a download.
SHOWN = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The process can reach its database; 503 while it cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # whatever the driver raises, the answer is the same
        return JsonResponse({"database": error.__class__.__name__}, status=503)
    return JsonResponse({"database": "ok"})


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """A public file from local storage (with S3 the bucket serves them)."""
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise Http404
    kind = SHOWN.get(file.suffix.lower(), "application/octet-stream")
    response = FileResponse(default_storage.open(path), content_type=kind, as_attachment=kind.endswith("octet-stream"))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def private_file(request: HttpRequest, signed: str) -> HttpResponse:
    """A private file by its signed address, good for five minutes."""
    try:
        name = private_signer().unsign(signed, max_age=SIGNED_SECONDS)
    except BadSignature as error:
        raise Http404 from error
    storage = storages["private"]
    if not storage.exists(name):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(storage.open(name), content_type=kind, as_attachment=True)
    response["Cache-Control"] = "private, no-store"
    return response
