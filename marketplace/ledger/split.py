"""How one payment is shared out among its makers (tashim), worked out before anybody pays. Pure: no query, no clock.

What a seller owes from earlier refunds stays with the market. What cannot be sent with the payment is paid by Sheba file, and the
plan says why; where there are too many makers, it says in which payments all would be reached.

Guarantees: no part is below the gateway's least or above what its seller earns; parts together never exceed the payment; for each
seller, part + kept back + later = earned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from marketplace.ledger import rules


@dataclass(frozen=True)
class Due:
    """What a seller earns in this sale, and owes from before; `iban` only where it is verified (`Partner.paid_to`)."""

    seller_id: int
    name: str
    iban: str
    earned_rial: int
    owes_rial: int = 0


@dataclass(frozen=True)
class Terms:
    """What a gateway can do in one payment."""

    can_split: bool
    most_parts: int
    min_part_rial: int


@dataclass(frozen=True)
class Part:
    """One transfer of the split, in rial."""

    seller_id: int
    iban: str
    amount_rial: int


@dataclass
class Plan:
    """`later` and `kept` are rial by seller. `payments`: sellers grouped so that each group's payment reaches all of them."""

    parts: list[Part] = field(default_factory=list)
    kept: dict[int, int] = field(default_factory=dict)
    later: dict[int, int] = field(default_factory=dict)
    refusals: list[ValidationError] = field(default_factory=list)
    payments: list[list[int]] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Codes of the conditions that fail, in the order they were met."""
        return [error.code or "" for error in self.refusals]

    def allows(self, rule: Callable[..., None], *args: object, **facts: object) -> bool:
        """Whether a rule holds; if not, its sentence is kept."""
        try:
            rule(*args, **facts)
        except ValidationError as error:
            self.refusals.append(error)
            return False
        return True


def plan_split(dues: Sequence[Due], *, amount_rial: int, terms: Terms) -> Plan:
    """Share a payment of `amount_rial` out among those who earn by it. Each seller is named once."""
    plan = Plan(payments=[[due.seller_id for due in dues]])
    if not plan.allows(rules.require_splitting_gateway, terms.can_split):
        plan.later = {due.seller_id: due.earned_rial for due in dues if due.earned_rial}
        return plan
    sendable = [part for due in dues if (part := _part(plan, due, terms)) is not None]
    if not plan.allows(rules.require_few_parts, len(sendable), most=terms.most_parts):
        plan.payments = _groups(dues, {part.seller_id for part in sendable}, terms.most_parts)
        sendable = _put_off(plan, sendable, terms.most_parts)
    plan.parts = _within(plan, sendable, amount_rial, terms)
    return plan


def _part(plan: Plan, due: Due, terms: Terms) -> Part | None:
    """A seller's part after what it owes; nothing, where the rest cannot be sent."""
    kept = min(due.owes_rial, due.earned_rial)
    rest = due.earned_rial - kept
    if kept:
        plan.kept[due.seller_id] = kept
    if rest == 0:
        return None
    if plan.allows(rules.require_verified_iban, due.iban, seller=due.name) and plan.allows(
        rules.require_part_size, rest, least=terms.min_part_rial, seller=due.name
    ):
        return Part(due.seller_id, due.iban, rest)
    plan.later[due.seller_id] = rest
    return None


def _groups(dues: Sequence[Due], sendable: set[int], most: int) -> list[list[int]]:
    """Sellers in payments of `most` parts; who gets no part pays along in the first."""
    reached = [due.seller_id for due in dues if due.seller_id in sendable]
    if most <= 0:
        return [[due.seller_id for due in dues]]
    groups = [reached[start : start + most] for start in range(0, len(reached), most)]
    groups[0] += [due.seller_id for due in dues if due.seller_id not in sendable]
    return groups


def _put_off(plan: Plan, parts: list[Part], most: int) -> list[Part]:
    """If it is paid at once all the same, the largest parts are sent."""
    largest = sorted(parts, key=lambda part: -part.amount_rial)[: max(0, most)]
    for part in parts:
        if part not in largest:
            plan.later[part.seller_id] = part.amount_rial
    return [part for part in parts if part in largest]


def _within(plan: Plan, parts: list[Part], amount_rial: int, terms: Terms) -> list[Part]:
    """Where the market's discount makes the parts exceed the payment, the largest wait for the difference."""
    over = sum(part.amount_rial for part in parts) - amount_rial
    if plan.allows(rules.require_covered_parts, amount_rial + over, amount_rial=amount_rial):
        return parts
    sent = {part.seller_id: part.amount_rial for part in parts}
    for part in sorted(parts, key=lambda part: -part.amount_rial):
        cut = min(over, part.amount_rial)
        if 0 < part.amount_rial - cut < terms.min_part_rial:
            cut = part.amount_rial  # what would be left is too small to be sent
        if cut > 0:
            sent[part.seller_id] -= cut
            plan.later[part.seller_id] = plan.later.get(part.seller_id, 0) + cut
            over -= cut
    return [Part(part.seller_id, part.iban, rial) for part in parts if (rial := sent[part.seller_id])]
