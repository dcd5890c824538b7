"""The checklist of a joining: each step with its state, what it lacks and what an officer said of it. Five queries, whatever is in it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.joining.models import Joining
from marketplace.listing.claims import LICENCE
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter


class Step(models.TextChoices):
    """The steps, in the order in which they are asked."""

    IDENTITY = "identity", _("Identity")
    WORKSHOP = "workshop", _("Workshop, city and crafts")
    LICENCE = "licence", _("Production licence")
    ACCOUNT = "account", _("Sheba number")
    PICTURES = "pictures", _("Pictures")


@dataclass(frozen=True)
class StepState:
    """`says`: what is missing, or (when nothing is) what is there. `reason`: why an officer returned it."""

    step: Step
    is_there: bool
    says: Any
    reason: str = ""

    @property
    def label(self) -> str:
        return str(self.step.label)

    @property
    def is_done(self) -> bool:
        """Whether it is there, and not returned untouched."""
        return self.is_there and not self.reason

    @property
    def state(self) -> str:
        """done, returned or missing."""
        return "returned" if self.reason else "done" if self.is_there else "missing"


def joining_of(maker: Maker) -> Joining:
    """The joining of a maker, made when there is none; a maker from before there were joinings has none."""
    return Joining.objects.get_or_create(maker=maker)[0]


def has_valid_licence(maker: Maker) -> bool:
    """Whether an accepted production licence is in force today."""
    return maker.licences.valid_on(today()).exists()


def steps_of(maker: Maker, joining: Joining) -> list[StepState]:
    """Every step with what it lacks."""
    found = {
        Step.IDENTITY: _identity(joining),
        Step.WORKSHOP: _workshop(maker),
        Step.LICENCE: _licence(maker),
        Step.ACCOUNT: _account(maker),
        Step.PICTURES: _pictures(joining),
    }
    returned = dict(joining.returned)
    if Step.LICENCE in returned and _sent_since(maker, joining):
        del returned[Step.LICENCE]
    return [StepState(step, *found[step], reason=returned.get(step, "")) for step in Step]


def _identity(joining: Joining) -> tuple[bool, Any]:
    if joining.code_print and joining.legal_name:
        return True, joining.legal_name
    return False, _("Write your name and national code.")


def _workshop(maker: Maker) -> tuple[bool, Any]:
    if maker.crafts.exists():
        return True, f"{maker.get_kind_display()} · {maker.city.name}"
    return False, _("Choose at least one craft.")


def _licence(maker: Maker) -> tuple[bool, Any]:
    if has_valid_licence(maker):
        return True, _("Accepted and in force.")
    last = Matter.objects.filter(kind=LICENCE, maker=maker).order_by("-pk").first()
    if last is not None and last.is_open:
        return True, _("Sent; an officer compares it with its scan.")
    if last is not None and last.decision == "returned":
        return False, _("It was not accepted. Send the licence once more.")
    return False, _("Send your production licence with its scan and dates.")


def _sent_since(maker: Maker, joining: Joining) -> bool:
    return joining.returned_at is not None and maker.licence_claims.filter(sent_at__gt=joining.returned_at).exists()


def _account(maker: Maker) -> tuple[bool, Any]:
    seller = getattr(maker, "seller", None)
    if seller is None or not seller.iban:
        return False, _("Write the Sheba number your money is sent to.")
    return True, _("Compared with its paper.") if seller.iban_verified_on else _(
        "Kept; not compared with its paper yet."
    )


def _pictures(joining: Joining) -> tuple[bool, Any]:
    if joining.portrait and joining.workshop:
        return True, _("Portrait and workshop are here.")
    if joining.portrait:
        return False, _("Send a picture of your workshop.")
    return False, _("Send a portrait.") if joining.workshop else _("Send a portrait and a picture of your workshop.")
