"""Every code of Zarinpal has its own outcome, a sentence for the buyer and one for the operator, in both languages."""

import logging

import pytest
from django.utils.translation import override

from marketplace.payments.gateways.base import GatewayDown, GatewayRefused, Given, Outcome, RefundOrder
from marketplace.payments.gateways.codes import LeadsTo
from marketplace.payments.gateways.zarinpal_codes import ZARINPAL, read
from tests.payments.sandbox import says
from tests.payments.test_zarinpal import ATTEMPT, ask, zarinpal

ROWS = [
    # code, its outcome, asked at a request, asked at a verification
    (100, "done", None, Outcome.PAID),
    (101, "done_before", GatewayRefused, Outcome.PAID),
    (-9, "not_valid", GatewayRefused, GatewayDown),
    (-10, "merchant_or_address_unknown", GatewayRefused, GatewayDown),
    (-11, "merchant_inactive", GatewayRefused, GatewayDown),
    (-12, "too_many_tries", GatewayRefused, GatewayDown),
    (-13, "merchant_limit", GatewayRefused, GatewayDown),
    (-14, "callback_domain", GatewayRefused, GatewayDown),
    (-15, "merchant_suspended", GatewayRefused, GatewayDown),
    (-16, "merchant_level", GatewayRefused, GatewayDown),
    (-17, "merchant_level_blue", GatewayRefused, GatewayDown),
    (-18, "referrer_domain", GatewayRefused, GatewayDown),
    (-19, "merchant_banned", GatewayRefused, GatewayDown),
    (-30, "split_not_allowed", GatewayRefused, GatewayDown),
    (-31, "split_without_account", GatewayRefused, GatewayDown),
    (-32, "split_over_amount", GatewayRefused, GatewayDown),
    (-33, "split_shares_not_valid", GatewayRefused, GatewayDown),
    (-34, "split_fixed_over_amount", GatewayRefused, GatewayDown),
    (-35, "split_too_many_parts", GatewayRefused, GatewayDown),
    (-36, "split_part_too_small", GatewayRefused, GatewayDown),
    (-37, "split_iban_inactive", GatewayRefused, GatewayDown),
    (-38, "split_iban_not_at_shaparak", GatewayRefused, GatewayDown),
    (-39, "split_error", GatewayRefused, GatewayDown),
    (-40, "expiry_not_valid", GatewayRefused, GatewayDown),
    (-41, "over_the_ceiling", GatewayRefused, Outcome.UNPAID),
    (-50, "another_amount", GatewayRefused, Outcome.MISMATCH),
    (-51, "not_paid", GatewayRefused, Outcome.UNPAID),
    (-52, "gateway_error", GatewayRefused, GatewayDown),
    (-53, "other_merchant", GatewayRefused, GatewayDown),
    (-54, "authority_unknown", GatewayRefused, Outcome.UNPAID),
    (-55, "transaction_not_found", GatewayRefused, Outcome.UNPAID),
    (-60, "bank_does_not_reverse", GatewayRefused, GatewayDown),
    (-61, "not_in_a_state_to_reverse", GatewayRefused, GatewayDown),
    (-62, "address_not_registered", GatewayRefused, GatewayDown),
    (-63, "too_late_to_reverse", GatewayRefused, GatewayDown),
]


def test_the_table_and_these_rows_name_the_same_codes_once():
    assert [row[0] for row in ROWS] == [one.code for one in ZARINPAL]
    assert len({one.outcome for one in ZARINPAL}) == len(ZARINPAL)
    assert len({str(one.operator) for one in ZARINPAL}) == len(ZARINPAL)


@pytest.mark.parametrize(("code", "outcome", "requested", "verified"), ROWS)
def test_a_code_has_its_own_outcome(code, outcome, requested, verified):
    assert read(code).outcome == outcome
    if requested is not None:
        with pytest.raises(GatewayRefused) as error:
            ask(says(code))
        assert (error.value.code, error.value.said.outcome) == (code, outcome)
    if verified is GatewayDown:
        with pytest.raises(GatewayDown):
            zarinpal(says(code)).verify(ATTEMPT)
    else:
        verdict = zarinpal(says(code)).verify(ATTEMPT)
        assert (verdict.outcome, verdict.code) == (verified, str(code))


@pytest.mark.parametrize("code", [row[0] for row in ROWS])
def test_a_code_has_its_own_sentences_in_both_languages(code):
    said = read(code)
    for language in ("fa", "en"):
        with override(language):
            sentence = said.for_buyer()
        assert sentence
        assert "%(" not in sentence + said.for_operator(language)
        assert code in (100, 101) or f"\u2066{code}\u2069" in sentence


@pytest.mark.parametrize("code", [-10, -11])
def test_what_is_the_merchants_fault_is_calm_for_the_buyer_and_an_error_for_the_operator(code, caplog):
    with caplog.at_level(logging.ERROR, logger="marketplace.payments"), pytest.raises(GatewayRefused) as error:
        ask(says(code))
    with override("en"):
        assert error.value.sentence == (
            f"The payment gateway cannot take this payment now (code \u2066{code}\u2069). The fault is not yours, and nothing was "
            "taken. We have been told; please try again later."
        )
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert read(code).for_operator() in caplog.text


def test_a_buyer_who_cancels_is_no_error(caplog):
    with caplog.at_level(logging.WARNING, logger="marketplace.payments"):
        zarinpal(says(-51)).verify(ATTEMPT)
    assert caplog.records == []


def test_a_code_that_no_list_names_concludes_nothing():
    assert (read(-99).outcome, read(-99).leads_to) == ("unknown", LeadsTo.UNKNOWN)
    with pytest.raises(GatewayDown):
        zarinpal(says(-99)).verify(ATTEMPT)


@pytest.mark.parametrize("code", [-60, -62])
def test_what_cannot_be_reversed_nor_refunded_is_left_to_a_person(code):
    whole = RefundOrder(number="REF-1", amount_rial=ATTEMPT.amount_rial, before_rial=0, again=False)
    waiting = [says(code), _status("VERIFIED")]
    import httpx

    transport = httpx.MockTransport(lambda request: waiting.pop(0).handler(request))
    answer = zarinpal(transport).refund(ATTEMPT, whole)
    assert (answer.given, answer.code) == (Given.CANNOT, str(code))


def _status(status: str):
    import httpx

    return httpx.MockTransport(
        lambda request: httpx.Response(200, json={"data": {"code": 100, "status": status}, "errors": []})
    )
