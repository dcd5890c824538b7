"""Zarinpal's refunds: a GraphQL API of its own, opened by the merchant's access token.

Source: https://www.zarinpal.com/docs/apiDocs/query/refund and …/query/session. Documented: the address, the bearer token, the mutation
`AddRefund(session_id, amount, description, method, reason)` in rial, and its least amount. Not certain, because it could not be tried
without a merchant's account: that `Session(terminal_id, reference_id)` finds a payment by the `ref_id` of its verification, and
that `timeline.refund_amount` is what was given back altogether. So all of it stands behind ZARINPAL_ACCESS_TOKEN and
ZARINPAL_TERMINAL_ID, and whatever does not come in this shape ends with a person, never with a second refund.

The mutation takes no key of ours, so a refund whose answer was lost is looked for before it is asked for again.
"""

from typing import Any

import httpx

from marketplace.core.certificates import trusted
from marketplace.payments.gateways.base import GatewayDown, Given, RefundAnswer, RefundOrder
from marketplace.payments.models import PaymentAttempt

GRAPHQL_URL = "https://next.zarinpal.com"
PATH = "/api/v4/graphql/"
TIMEOUT = httpx.Timeout(20.0, connect=5.0)
LOWEST_RIAL = 20_000
SESSION = (
    "query Session($terminal_id: ID!, $reference_id: String) "
    "{ resource: Session(terminal_id: $terminal_id, reference_id: $reference_id) { id amount timeline { refund_amount } } }"
)
ADD_REFUND = (
    "mutation AddRefund($session_id: ID!, $amount: BigInteger!, $description: String, "
    "$method: InstantPayoutActionTypeEnum, $reason: RefundReasonEnum) "
    "{ resource: AddRefund(session_id: $session_id, amount: $amount, description: $description, method: $method, "
    "reason: $reason) { id amount timeline { refund_amount refund_status } } }"
)


class Refused(Exception):
    """GraphQL's own refusal: it answered, and did nothing."""


class ZarinpalRefunds:
    """Refunds of one merchant's gateway. `transport` lets tests stand in for the network."""

    def __init__(
        self,
        *,
        access_token: str,
        terminal_id: str,
        base_url: str = GRAPHQL_URL,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.access_token, self.terminal_id = access_token, terminal_id
        self.base_url, self.transport = base_url, transport

    def ask(self, attempt: PaymentAttempt, order: RefundOrder) -> RefundAnswer:
        """Ask for one refund, to the card's account in the next Paya cycle. Raises GatewayDown when nothing is known."""
        if order.amount_rial < LOWEST_RIAL:
            return RefundAnswer(Given.CANNOT, "under_minimum")
        session = self._session(attempt)
        if session is None:
            return RefundAnswer(Given.CANNOT, "no_session")
        try:
            given = self._post(
                ADD_REFUND,
                session_id=session["id"],
                amount=order.amount_rial,
                description=order.number,
                method="PAYA",
                reason="CUSTOMER_REQUEST",
            )
        except Refused:
            return RefundAnswer(Given.CANNOT, "refused")
        return RefundAnswer(Given.GIVEN, "refunded", str(given.get("id", "")) if isinstance(given, dict) else "")

    def what_became_of(self, attempt: PaymentAttempt, order: RefundOrder) -> RefundAnswer | None:
        """Of a refund that may have been asked for: its answer, or None when nothing was given and it can be asked for again."""
        session = self._session(attempt)
        if session is None:
            return RefundAnswer(Given.UNCLEAR, "no_session")
        given = _refunded(session)
        if given == order.before_rial + order.amount_rial:
            return RefundAnswer(Given.GIVEN, "found", str(session["id"]))
        return None if given == order.before_rial else RefundAnswer(Given.UNCLEAR, "other_amount")

    def _session(self, attempt: PaymentAttempt) -> dict[str, Any] | None:
        """The one payment with our reference and our amount, or None."""
        if not attempt.reference:
            return None
        try:
            found = self._post(SESSION, terminal_id=self.terminal_id, reference_id=attempt.reference)
        except Refused:
            return None
        rows = [found] if isinstance(found, dict) else list(found or [])
        ours = [one for one in rows if one.get("id") and int(one.get("amount") or 0) == attempt.amount_rial]
        return ours[0] if len(ours) == 1 else None

    def _post(self, query: str, **variables: Any) -> Any:
        """What the query asked for. Raises Refused, or GatewayDown: also when the token is not accepted, which the operator mends."""
        try:
            with httpx.Client(
                base_url=self.base_url, timeout=TIMEOUT, transport=self.transport, verify=trusted()
            ) as client:
                answer = client.post(
                    PATH,
                    json={"query": query, "variables": variables},
                    headers={"Authorization": f"Bearer {self.access_token}"},
                )
                if answer.status_code in (401, 403) or answer.status_code >= 500:
                    raise GatewayDown(f"refunds: HTTP {answer.status_code}")
                body = answer.json()
            if body.get("errors"):
                raise Refused(str(body["errors"])[:200])
            return body["data"]["resource"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise GatewayDown(error.__class__.__name__) from error


def _refunded(session: dict[str, Any]) -> int:
    """What was given back of a payment altogether, in rial."""
    timeline = session.get("timeline") or {}
    return int(timeline.get("refund_amount") or 0)
