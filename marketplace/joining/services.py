"""The verbs of joining: a maker begins, tells the steps and sends them; an officer returns or approves, suspends, reopens and closes."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.models import OutboxEvent, User
from marketplace.core.notices import notify
from marketplace.crafts.models import Craft
from marketplace.joining import rules
from marketplace.joining.models import Joining, StateStep
from marketplace.joining.steps import Step, has_valid_licence, joining_of, steps_of
from marketplace.listing.oscar_parts import seller_of
from marketplace.listing.returns import give_back_offers
from marketplace.listing.withdrawals import Because, withdraw
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import decide, open_matter
from marketplace.partner.ibans import set_iban
from marketplace.partner.models import StockRecord
from marketplace.places.models import City

#: The kind of matter that a sent joining is, and its two decisions.
JOINING, APPROVED, RETURNED = "joining", "approved", "returned"
BEGIN = "begin"
#: The event after a maker was opened again; its key is the maker.
REOPENED = "maker_reopened"
_TOLD = {
    rules.SUSPEND: _("Your workshop “%(maker)s” is suspended; its offers are withdrawn meanwhile. %(reason)s"),
    rules.REOPEN: _("Your workshop “%(maker)s” is open again. %(reason)s"),
    rules.CLOSE: _("Your workshop “%(maker)s” is closed; its offers are withdrawn. %(reason)s"),
}


@transaction.atomic
def begin(*, maker: Maker, by: User | None) -> Joining:
    """A new maker's joining begins: nothing of theirs is offered before an officer approved it."""
    maker.state = Maker.State.STARTED
    maker.save(update_fields=["state"])
    StateStep.objects.create(maker=maker, verb=BEGIN, after=maker.state, by=by)
    return joining_of(maker)


def _editable(maker: Maker) -> Joining:
    """The joining, held. Raises ValidationError with code `joining_sent`."""
    held = Maker.objects.select_for_update().get(pk=maker.pk)
    rules.require_editable_joining(held)
    return joining_of(held)


def _mended(joining: Joining, step: Step, *fields: str) -> None:
    joining.returned.pop(step, None)
    joining.save(update_fields=["returned", *fields])


def print_of(code: str) -> str:
    """The keyed print of a national code; without the market's secret key nobody can make it."""
    return salted_hmac("joining.national_code", code, algorithm="sha256").hexdigest()


@transaction.atomic
def tell_identity(*, maker: Maker, legal_name: str, code: str) -> None:
    """Keep the name as on the card and the print of the national code.

    Raises ValidationError with code `bad_national_code`, `code_taken` or `joining_sent`.
    """
    joining, whole = _editable(maker), rules.require_national_code(code)
    joining.code_print, joining.code_end, joining.legal_name = print_of(whole), whole[-3:], legal_name
    others = Joining.objects.exclude(pk=joining.pk)
    rules.require_free_code(others.filter(code_print=joining.code_print).exists())
    _mended(joining, Step.IDENTITY, "legal_name", "code_print", "code_end")


@transaction.atomic
def tell_workshop(*, maker: Maker, name_fa: str, name_en: str, kind: str, city: City, crafts: Iterable[Craft]) -> None:
    """Keep the workshop's names, kind, city and crafts. Raises ValidationError with code `joining_sent`."""
    joining = _editable(maker)
    maker.name_fa, maker.name_en, maker.kind, maker.city = name_fa, name_en, kind, city
    maker.save(update_fields=["name_fa", "name_en", "kind", "city"])
    maker.crafts.set(crafts)
    _mended(joining, Step.WORKSHOP)


@transaction.atomic
def tell_account(*, maker: Maker, iban: str, owner: str) -> None:
    """Keep the Sheba number. Raises ValidationError with code `bad_iban` or `joining_sent`."""
    joining = _editable(maker)
    set_iban(seller=seller_of(maker), iban=iban, owner=owner)
    _mended(joining, Step.ACCOUNT)


@transaction.atomic
def tell_pictures(*, maker: Maker, portrait: str = "", workshop: str = "") -> None:
    """Keep stored pictures by their names in private storage; an empty name leaves the one before.

    Files that were replaced go once this is committed. Raises ValidationError with code `joining_sent`.
    """
    joining = _editable(maker)
    for name, stored in (("portrait", portrait), ("workshop", workshop)):
        before = getattr(joining, name)
        if stored and stored != before.name:
            if before:
                transaction.on_commit(lambda old=before.name: storages["private"].delete(old))
            setattr(joining, name, stored)
    _mended(joining, Step.PICTURES, "portrait", "workshop")


def _move(maker: Maker, verb: str, *, by: User | None, reason: str = "") -> Maker:
    """Move a maker's state and keep who did it. Raises ValidationError with code `no_such_move`."""
    held = Maker.objects.select_for_update(of=("self",)).select_related("owner").get(pk=maker.pk)
    before, held.state = held.state, rules.require_move(verb, held.state)
    held.state_because = reason[:1000]
    held.save(update_fields=["state", "state_because"])
    StateStep.objects.create(maker=held, verb=verb, before=before, after=held.state, by=by, reason=reason)
    maker.state, maker.state_because = held.state, held.state_because
    return held


@transaction.atomic
def send(*, maker: Maker, by: User | None) -> Matter:
    """Send a whole checklist to the officers. Raises ValidationError with code `no_such_move` or `joining_incomplete`."""
    held = _move(maker, rules.SEND, by=by)
    joining = joining_of(held)
    rules.require_complete_joining(steps_of(held, joining))
    joining.returned, joining.sent_at = {}, timezone.now()
    joining.save(update_fields=["returned", "sent_at"])
    return open_matter(kind=JOINING, subject=joining, maker=held, title=lambda: held.name, by=by)


@transaction.atomic
def return_steps(*, matter: Matter, reasons: dict[str, str], by: User) -> Matter:
    """Return a joining with a reason for each step that is not right.

    Raises ValidationError with code `reason_needed`, or as `matters.decide` does.
    """
    told = {step: reason.strip() for step, reason in reasons.items() if step in Step.values and reason.strip()}
    with override(_language_of(matter)):
        text = "\n".join(f"{Step(step).label}: {reason}" for step, reason in told.items())
    rules.require_reason_for_maker(text)
    decided = decide(matter=matter, decision=RETURNED, reason=text, by=by)
    Joining.objects.filter(pk=matter.subject_id).update(returned=told)
    return decided


def _language_of(matter: Matter) -> str:
    """The reasons are the maker's to read, so the steps are named in their language."""
    owner = matter.maker.owner if matter.maker else None
    return owner.language if owner else "fa"


def apply_return(matter: Matter, by: Any, reason: str) -> None:
    """What the decision `returned` does."""
    joining = Joining.objects.select_related("maker").get(pk=matter.subject_id)
    _move(joining.maker, rules.RETURN, by=by, reason=reason)
    joining.returned_at = timezone.now()
    joining.save(update_fields=["returned_at"])


def apply_approval(matter: Matter, by: Any, reason: str) -> None:
    """What the decision `approved` does. Raises ValidationError with code `licence_open`."""
    maker = Joining.objects.select_related("maker").get(pk=matter.subject_id).maker
    rules.require_decided_licence(is_valid=has_valid_licence(maker))
    _move(maker, rules.APPROVE, by=by, reason=reason)


@transaction.atomic
def suspend(*, maker: Maker, by: User, reason: str) -> None:
    """Nothing of a maker is offered meanwhile. Raises as `_officers_move`."""
    _officers_move(maker, rules.SUSPEND, by=by, reason=reason)
    _withdraw_all(maker)


@transaction.atomic
def close(*, maker: Maker, by: User, reason: str) -> None:
    """A maker trades here no more; orders, books and pages of what was sold stay. Raises as `_officers_move`."""
    _officers_move(maker, rules.CLOSE, by=by, reason=reason)
    _withdraw_all(maker)


@transaction.atomic
def reopen(*, maker: Maker, by: User, reason: str) -> None:
    """A maker trades again; soon after, `give_back` offers again what suspending or closing had withdrawn."""
    _officers_move(maker, rules.REOPEN, by=by, reason=reason)
    outbox.post(REOPENED, maker.pk)


def give_back(events: list[OutboxEvent]) -> None:
    """Offer again what the rules of today let, each by itself: an offer's rows are locked before its maker's."""
    makers = {int(event.key) for event in events}
    ended = StockRecord.objects.filter(product__maker__in=makers, withdrawn_because=Because.STATE)
    give_back_offers(list(ended.order_by("pk").values_list("pk", flat=True)))


def _officers_move(maker: Maker, verb: str, *, by: User, reason: str) -> None:
    """Raises ValidationError with code `own_cause`, `reason_needed` or `no_such_move`."""
    rules.forbid_own_workshop(maker, by)
    told = rules.require_reason_for_maker(reason)
    held = _move(maker, verb, by=by, reason=told)
    notify(
        users=[held.owner] if held.owner else [],
        kind="maker_state",
        sentence=_TOLD[verb],
        params={"maker": lambda: held.name, "reason": told},
        link=reverse("desks:home"),
    )


def _withdraw_all(maker: Maker) -> None:
    withdraw(StockRecord.objects.active().filter(product__maker=maker), because=Because.STATE)
