"""Who signed a document: one proof, of the right kind, by a key its issuer names for this purpose."""

from typing import Any

from authenticity.credentials.bundle import Bundle, id_of, moment
from authenticity.credentials.multibase import public_of
from authenticity.credentials.proof import CRYPTOSUITE, PURPOSE, TYPE, signature_holds
from authenticity.credentials.verdict import NotAccepted, State

Json = dict[str, Any]


def require_signed_by_issuer(document: Json, bundle: Bundle) -> None:
    """The document is what its issuer signed. Raises NotAccepted with the state of the first thing that is wrong."""
    proof = _the_proof(document)
    _require_kind(proof)
    _require_same_contexts(document, proof)
    method = _method_of(proof, id_of(document.get("issuer")), bundle)
    try:
        public = public_of(method.get("publicKeyMultibase"))
    except ValueError as error:
        raise NotAccepted(State.KEY_UNKNOWN, f"The key is no Ed25519 Multikey: {error}.") from error
    if not signature_holds(document, proof, public):
        raise NotAccepted(
            State.TAMPERED, "The signature is not of this text: it was changed, or signed with another key."
        )
    _require_kept(method, proof)


def _the_proof(document: Json) -> Json:
    proofs = _several(document.get("proof"))
    if len(proofs) > 1:
        raise NotAccepted(State.SEVERAL_PROOFS, "There is more than one proof; which of them counts is not said.")
    if not proofs or not isinstance(proofs[0], dict):
        raise NotAccepted(State.NO_PROOF, "There is no proof.")
    return proofs[0]


def _require_kind(proof: Json) -> None:
    if proof.get("type") != TYPE or proof.get("cryptosuite") != CRYPTOSUITE:
        raise NotAccepted(State.WRONG_CRYPTOSUITE, f"The proof is no {TYPE} with {CRYPTOSUITE}.")
    if proof.get("proofPurpose") != PURPOSE:
        raise NotAccepted(State.WRONG_PURPOSE, f"The proof was not made to assert something ({PURPOSE}).")


def _require_same_contexts(document: Json, proof: Json) -> None:
    """The standard lets contexts be appended after signing; new words over old ones are what a forger needs."""
    if "@context" in proof and _several(proof["@context"]) != _several(document["@context"]):
        raise NotAccepted(State.CONTEXT_ADDED, "The contexts are not those that were signed.")


def _method_of(proof: Json, issuer: str, bundle: Bundle) -> Json:
    address = proof.get("verificationMethod")
    if not isinstance(address, str) or address.split("#")[0] != issuer:
        raise NotAccepted(State.FOREIGN_ISSUER, "The key belongs to another issuer than the one named.")
    document = bundle.dids.get(issuer)
    if not isinstance(document, dict) or document.get("id") != issuer:
        raise NotAccepted(State.DID_MISSING, f"The DID document of {issuer} is not in the bundle.")
    for_assertion = _several(document.get("assertionMethod"))
    described = [one for one in _several(document.get("verificationMethod")) + for_assertion if isinstance(one, dict)]
    method = next((one for one in described if _absolute(one.get("id"), issuer) == address), None)
    if method is None or method.get("type") != "Multikey" or method.get("controller") != issuer:
        raise NotAccepted(State.KEY_UNKNOWN, "The issuer's DID document names no such key of its own.")
    if address not in [_absolute(id_of(one), issuer) for one in for_assertion]:
        raise NotAccepted(
            State.KEY_NOT_FOR_ASSERTION, "The issuer does not use this key to assert, or does not any more."
        )
    return method


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _absolute(address: object, issuer: str) -> str:
    text = address if isinstance(address, str) else ""
    return issuer + text if text.startswith("#") else text


def _require_kept(method: Json, proof: Json) -> None:
    """A key lost at a moment counts for what it signed before."""
    for name in ("revoked", "expires"):
        if name in method:
            ended = moment(method[name], f"The key's {name}")
            if moment(proof.get("created"), "The proof's created") >= ended:
                raise NotAccepted(State.KEY_LOST, f"The key was out of use since {method[name]} when this was signed.")
