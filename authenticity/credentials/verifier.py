"""Check a credential offline, from a bundle that holds everything: ours or anybody's.

Beyond the signature it asks what libraries leave to their callers: whether the issuer is trusted, whether every word has a meaning,
whether the lists are right and fresh at the time given, whether anything was said twice or added later.
"""

from typing import Any

from authenticity.credentials.bundle import Bundle, id_of, moment
from authenticity.credentials.contexts import W3C_CREDENTIALS
from authenticity.credentials.securing import require_signed_by_issuer
from authenticity.credentials.status_checks import status_refusals
from authenticity.credentials.strict_json import parse
from authenticity.credentials.terms import undefined_terms
from authenticity.credentials.verdict import NotAccepted, State, Verdict, verdict_of

Json = dict[str, Any]


def verify_bundle(bundle: Json | None = None, raw: bytes | None = None) -> Verdict:
    """The verdict on `{credential, didDocuments, statusListCredentials, contexts, trustedIssuers, now}`.

    With `raw` the bytes are read here, and names that stand twice are found; a bundle given as objects has lost them.
    Never raises for what somebody handed over, and reaches no network.
    """
    try:
        given = Bundle.read(parse(raw) if raw is not None else bundle)
        credential = given.credential
        _require_form(credential)
        _require_trusted(credential, given)
        require_signed_by_issuer(credential, given)
        _require_meaning(credential, given)
        return verdict_of(_time_refusals(credential, given) + status_refusals(credential, given))
    except NotAccepted as refusal:
        return verdict_of([refusal])
    except RecursionError:
        return Verdict(State.MALFORMED, ("The bundle is nested too deeply.",))


def _require_form(credential: Json) -> None:
    contexts, kinds = credential.get("@context"), credential.get("type")
    if not isinstance(contexts, list) or not contexts or contexts[0] != W3C_CREDENTIALS:
        raise NotAccepted(State.MALFORMED, f"A credential's first context is {W3C_CREDENTIALS}.")
    if "VerifiableCredential" not in (kinds if isinstance(kinds, list) else [kinds]):
        raise NotAccepted(State.MALFORMED, "This is no VerifiableCredential.")
    if not id_of(credential.get("issuer")):
        raise NotAccepted(State.MALFORMED, "The credential names no issuer.")
    if not credential.get("credentialSubject"):
        raise NotAccepted(State.MALFORMED, "The credential says nothing of anything.")
    for name in ("validFrom", "validUntil"):
        if name in credential:
            moment(credential[name], name)


def _require_trusted(credential: Json, given: Bundle) -> None:
    issuer = id_of(credential["issuer"])
    if issuer not in given.trusted:
        raise NotAccepted(State.UNTRUSTED_ISSUER, f"{issuer} is not among the trusted issuers.")


def _require_meaning(credential: Json, given: Bundle) -> None:
    given.require_signed_digests(credential)
    unknown = undefined_terms(credential, given.context_at)
    if unknown:
        raise NotAccepted(State.UNDEFINED_TERMS, f"No context defines: {', '.join(unknown)}.")


def _time_refusals(credential: Json, given: Bundle) -> list[NotAccepted]:
    found = []
    if "validUntil" in credential and moment(credential["validUntil"], "validUntil") < given.now:
        found.append(NotAccepted(State.EXPIRED, f"The credential was valid until {credential['validUntil']}."))
    if "validFrom" in credential and moment(credential["validFrom"], "validFrom") > given.now:
        found.append(NotAccepted(State.NOT_YET_VALID, f"The credential is valid from {credential['validFrom']}."))
    return found
