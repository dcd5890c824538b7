"""Rules of joining: a national code that can be one, a checklist that is whole, and which act leads from which state to which."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.dbrules import declare, grows_only
from marketplace.core.models import User
from marketplace.core.persian import to_latin_digits
from marketplace.joining.steps import StepState
from marketplace.makers.models import Maker

_State = Maker.State
SEND, RETURN, APPROVE, SUSPEND, REOPEN, CLOSE = "send", "return", "approve", "suspend", "reopen", "close"
#: Every move there is: by act, from which state to which. Only an approval leads a joining to `active`.
MOVES: dict[str, dict[str, str]] = {
    SEND: {_State.STARTED: _State.WAITING, _State.RETURNED: _State.WAITING},
    RETURN: {_State.WAITING: _State.RETURNED},
    APPROVE: {_State.WAITING: _State.ACTIVE},
    SUSPEND: {_State.ACTIVE: _State.SUSPENDED},
    REOPEN: {_State.SUSPENDED: _State.ACTIVE, _State.CLOSED: _State.ACTIVE},
    CLOSE: {_State.ACTIVE: _State.CLOSED, _State.SUSPENDED: _State.CLOSED},
}

maker_states_grow_only = declare(grows_only("maker_states_grow_only", "joining_statestep"))


def require_national_code(text: str) -> str:
    """A typed کد ملی in any digits, as ten Latin digits: its check digit fits, and it is not one digit ten times.

    The check digit is the sum of the first nine, weighed 10 down to 2, modulo 11; from 2 on it is taken from 11.
    Raises ValidationError with code `bad_national_code`.
    """
    code = "".join(to_latin_digits(text).replace("-", "").split())
    sound = len(code) == 10 and code.isascii() and code.isdigit() and len(set(code)) > 1
    if sound:
        left = sum(int(digit) * (10 - place) for place, digit in enumerate(code[:9])) % 11
        sound = int(code[9]) == (left if left < 2 else 11 - left)
    if not sound:
        raise ValidationError(
            _("This is no national code: write its ten digits as they stand on the card."), code="bad_national_code"
        )
    return code


def require_free_code(taken: bool) -> None:
    """One person joins once. Raises ValidationError with code `code_taken`."""
    if taken:
        raise ValidationError(
            _("Another workshop has joined with this national code. Write to us if it is yours."), code="code_taken"
        )


def require_editable_joining(maker: Maker) -> None:
    """What an officer reads is not changed under their eyes. Raises ValidationError with code `joining_sent`."""
    if maker.state not in (_State.STARTED, _State.RETURNED):
        raise ValidationError(
            _("Your joining was sent; its steps can be changed only when it is returned."), code="joining_sent"
        )


def require_complete_joining(steps: Iterable[StepState]) -> None:
    """Every step is there, and what was returned was looked at again.

    Raises ValidationError with code `joining_incomplete` that names each step with what it lacks.
    """
    lacking = [f"{step.label}: {step.says}" for step in steps if not step.is_done]
    if lacking:
        raise ValidationError([ValidationError(sentence, code="joining_incomplete") for sentence in lacking])


def require_decided_licence(*, is_valid: bool) -> None:
    """A maker becomes active with a production licence that an officer accepted and that is in force.

    Raises ValidationError with code `licence_open`.
    """
    if not is_valid:
        raise ValidationError(
            _(
                "No accepted production licence of this maker is in force. Decide the licence first, or return its step."
            ),
            code="licence_open",
        )


def require_move(verb: str, state: str) -> str:
    """The state that an act leads to. Raises ValidationError with code `no_such_move`."""
    after = MOVES[verb].get(state)
    if after is None:
        raise ValidationError(
            _("This cannot be done now: the maker's state is “%(state)s”."),
            code="no_such_move",
            params={"state": _State(state).label},
        )
    return after


def require_reason_for_maker(reason: str) -> str:
    """Raises ValidationError with code `reason_needed`."""
    if not reason.strip():
        raise ValidationError(_("Write the reason: the maker reads it."), code="reason_needed")
    return reason.strip()


def forbid_own_workshop(maker: Maker, by: User) -> None:
    """Nobody suspends, reopens or closes their own workshop as an officer. Raises ValidationError with code `own_cause`."""
    if maker.owner_id == by.pk:
        raise ValidationError(_("You cannot decide about your own workshop."), code="own_cause")
