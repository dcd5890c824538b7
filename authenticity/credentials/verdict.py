"""What checking a credential can end in. Each refusal has a state of its own."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The outcome; where several hold, the verdict names the one that stands first here among those found."""

    VALID = "valid"
    # what was handed over cannot be read
    DUPLICATE_KEYS = "duplicate_keys"
    MALFORMED = "malformed"
    # who signed what
    UNTRUSTED_ISSUER = "untrusted_issuer"
    NO_PROOF = "no_proof"
    SEVERAL_PROOFS = "several_proofs"
    WRONG_CRYPTOSUITE = "wrong_cryptosuite"
    WRONG_PURPOSE = "wrong_purpose"
    CONTEXT_ADDED = "context_added"
    FOREIGN_ISSUER = "foreign_issuer"
    DID_MISSING = "did_missing"
    KEY_UNKNOWN = "key_unknown"
    KEY_NOT_FOR_ASSERTION = "key_not_for_assertion"
    KEY_LOST = "key_lost"
    TAMPERED = "tampered"
    # what the words mean
    CONTEXT_MISSING = "context_missing"
    CONTEXT_ALTERED = "context_altered"
    UNDEFINED_TERMS = "undefined_terms"
    # whether it holds at the given time
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    LIST_MISSING = "list_missing"
    LIST_ID_UNLIKE_ADDRESS = "list_id_unlike_address"
    LIST_FOREIGN_ISSUER = "list_foreign_issuer"
    LIST_NOT_SIGNED_RIGHT = "list_not_signed_right"
    LIST_STALE = "list_stale"
    LIST_NOT_YET_VALID = "list_not_yet_valid"
    LIST_WRONG_PURPOSE = "list_wrong_purpose"
    LIST_UNREADABLE = "list_unreadable"
    LIST_TOO_SHORT = "list_too_short"
    STATUS_UNKNOWN = "status_unknown"


ORDER = list(State)


class NotAccepted(Exception):
    """One reason to refuse."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state, self.reason = state, reason


@dataclass(frozen=True)
class Verdict:
    """The state, and in plain English why; a valid one has no reasons."""

    state: State
    reasons: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state is State.VALID


def verdict_of(refusals: list[NotAccepted]) -> Verdict:
    """The gravest state with every reason; valid without any."""
    if not refusals:
        return Verdict(State.VALID)
    in_order = sorted(refusals, key=lambda one: ORDER.index(one.state))
    return Verdict(in_order[0].state, tuple(dict.fromkeys(one.reason for one in in_order)))
