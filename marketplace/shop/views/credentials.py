"""The public documents of the market as an issuer: who it is, what it says of a piece, what it took back. For machines of anybody."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from authenticity import issuing
from authenticity.codes import read_code
from authenticity.credentials.contexts import own_context
from authenticity.credentials.proof import jcs
from authenticity.keys import current_key
from authenticity.verification import NOWHERE
from marketplace.core.throttle import too_many
from marketplace.shop.views.verify import LOOKS_A_MINUTE

#: The registered type of a credential secured by a proof inside it.
CREDENTIAL, DID, CONTEXT = "application/vc", "application/did+json", "application/ld+json"
#: A revocation is seen everywhere within a minute: half of it for those who keep copies. A credential names the seals of the day too.
LIST_SECONDS, CREDENTIAL_SECONDS = 30, 30
DOCUMENT_SECONDS = 300
#: How often a list that did not change is signed anew, for its end to move on.
RENEWED_SECONDS = 900


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Read by anybody's script: these documents are the same for everyone."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


def _answer(request: HttpRequest, make: Callable[[], Any], kind: str, *, tag: bytes, seconds: int) -> HttpResponse:
    """The document, or 304 for who has it; signing is left until it is known to be wanted."""
    etag = f'"{hashlib.sha256(tag).hexdigest()[:32]}"'
    kept = get_conditional_response(request, etag=etag)
    response = kept if kept is not None else HttpResponse(jcs(make()), content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response


def _refuse(detail: str, status: int) -> JsonResponse:
    response = JsonResponse({"detail": detail}, status=status)
    response["Cache-Control"] = "no-store"
    return response


@_public
def did(request: HttpRequest) -> HttpResponse:
    """did:web: the issuer with all its keys, in one query."""
    document = issuing.issuer_document()
    return _answer(request, lambda: document, DID, tag=jcs(document), seconds=DOCUMENT_SECONDS)


@_public
def context(request: HttpRequest) -> HttpResponse:
    """What our words mean, in the bytes whose digest every credential carries."""
    document = own_context(settings.SITE_URL)
    return _answer(request, lambda: document, CONTEXT, tag=jcs(document), seconds=86_400)


@_public
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The credential of a passport, in three queries. Guesses are counted with those at the label's page."""
    if too_many("verify", request.META.get("REMOTE_ADDR", ""), limit=LOOKS_A_MINUTE, seconds=60):
        response = _refuse("too many requests", 429)
        response["Retry-After"] = "60"
        return response
    passport = issuing.for_credentials().filter(code=read_code(code) or NOWHERE).first()
    if passport is None:
        return _refuse("not found", 404)
    document, key = issuing.unsigned_credential(passport), current_key()
    return _answer(
        request,
        lambda: issuing.signed(document, now=timezone.now(), key=key),
        CREDENTIAL,
        tag=jcs([document, key.public]),
        seconds=CREDENTIAL_SECONDS,
    )


@_public
def status_list(request: HttpRequest, name: str) -> HttpResponse:
    """A status list by its name, in three queries."""
    now = timezone.now()
    document = issuing.unsigned_list(name, now=now)
    if document is None:
        return _refuse("not found", 404)
    key = current_key()
    tag = jcs([document["credentialSubject"], key.public, int(now.timestamp()) // RENEWED_SECONDS])
    return _answer(
        request,
        lambda: issuing.signed(document, now=now, key=key),
        CREDENTIAL,
        tag=tag,
        seconds=LIST_SECONDS,
    )
