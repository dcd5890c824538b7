"""What is handed over for checking: a credential with everything it leans on, so that nothing has to be fetched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authenticity.credentials.contexts import W3C_CREDENTIALS, digest_sri, w3c_credentials
from authenticity.credentials.proof import jcs
from authenticity.credentials.verdict import NotAccepted, State

Json = dict[str, Any]


def moment(value: object, what: str) -> datetime:
    """An XSD dateTimeStamp. Raises NotAccepted with `malformed` for a time without a zone, or no time."""
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise NotAccepted(State.MALFORMED, f"{what} is no time with a zone.")
    return parsed


def id_of(value: object) -> str:
    """The id of something that is written as its id or as an object with one; empty when there is none."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Bundle:
    """The parts, each looked up by the address it stands under."""

    credential: Json
    dids: Json
    lists: Json
    contexts: Json
    trusted: tuple[str, ...]
    now: datetime

    @classmethod
    def read(cls, value: object) -> "Bundle":
        """Raises NotAccepted with `malformed`. Documents may come as a list too: then each stands under its own id."""
        if not isinstance(value, dict) or not isinstance(value.get("credential"), dict):
            raise NotAccepted(State.MALFORMED, "There is no credential here.")
        try:
            jcs(value)
        except (ValueError, RecursionError) as error:
            raise NotAccepted(State.MALFORMED, f"This has no canonical form: {error}.") from error
        trusted = value.get("trustedIssuers")
        if not isinstance(trusted, list | dict):
            raise NotAccepted(State.MALFORMED, "The bundle does not say which issuers are trusted.")
        return cls(
            credential=value["credential"],
            dids=_by_address(value.get("didDocuments"), "didDocuments"),
            lists=_by_address(value.get("statusListCredentials"), "statusListCredentials"),
            contexts=_by_address(value.get("contexts"), "contexts"),
            trusted=tuple(filter(None, (id_of(one) for one in trusted))),
            now=moment(value.get("now"), "The time to judge by, now,"),
        )

    def context_at(self, address: str) -> Any:
        """A context by its address. W3C's own is always the one kept here.

        Raises NotAccepted with `context_missing`, or `context_altered` where the bundle's copy of W3C's says something else.
        """
        given = self.contexts.get(address)
        if address == W3C_CREDENTIALS:
            if given is not None and contradicts(given, w3c_credentials()):
                raise NotAccepted(State.CONTEXT_ALTERED, f"The context given for {address} is not W3C's.")
            return w3c_credentials()
        if given is None:
            raise NotAccepted(State.CONTEXT_MISSING, f"The context {address} is not in the bundle.")
        return given

    def require_signed_digests(self, document: Json) -> None:
        """Where the issuer signed a digest of a context, the one given must have it. Raises NotAccepted with `context_altered`."""
        resources = document.get("relatedResource")
        for resource in resources if isinstance(resources, list) else [resources]:
            address, digest = id_of(resource), resource.get("digestSRI") if isinstance(resource, dict) else None
            if address == W3C_CREDENTIALS or address not in self.contexts or not isinstance(digest, str):
                continue
            if digest.startswith("sha384-") and digest != digest_sri(self.contexts[address]):
                raise NotAccepted(
                    State.CONTEXT_ALTERED, f"The context given for {address} is not the one the issuer signed."
                )


def _by_address(value: object, name: str) -> Json:
    if value is None:
        return {}
    if isinstance(value, list):
        return {id_of(one): one for one in value}
    if not isinstance(value, dict):
        raise NotAccepted(State.MALFORMED, f"{name} is no list of documents.")
    return value


def contradicts(given: object, known: object) -> bool:
    """Whether a copy of a context says other things than the original; one that only leaves things out does not."""
    if isinstance(given, str) and isinstance(known, dict):
        given = {"@id": given}
    if isinstance(known, str) and isinstance(given, dict):
        known = {"@id": known}
    if isinstance(given, dict) and isinstance(known, dict):
        return any(name in known and contradicts(given[name], known[name]) for name in given)
    return given != known
