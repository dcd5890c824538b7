"""Every code that Zarinpal's version 4 answers with, as data.

Source: the manual's list of errors (https://www.zarinpal.com/docs/paymentGateway/errorList). A code that is not in it concludes nothing.
"""

from django.utils.translation import gettext_lazy as _

from marketplace.payments.gateways.codes import NOT_READY, Code, LeadsTo, unknown

CANNOT_SPLIT = _(
    "This payment could not be prepared, because it goes to several makers and the gateway did not accept their shares "
    "(code %(code)s). The fault is not yours, and nothing was taken. We have been told."
)
NOT_GIVEN_BACK_YET = _(
    "Your money could not be given back by the gateway at once (code %(code)s). It is on record, and a person will see to it."
)
_D, _P, _M, _L, _O, _R = (
    LeadsTo.DONE,
    LeadsTo.UNPAID,
    LeadsTo.MISMATCH,
    LeadsTo.TRY_LATER,
    LeadsTo.OUR_FAULT,
    LeadsTo.NOT_REVERSED,
)

ZARINPAL = (
    Code(100, "done", _D, _("The payment was made."), _("Done (code %(code)s).")),
    Code(
        101,
        "done_before",
        _D,
        _("The payment was made, and we knew of it already."),
        _("Done and verified before (code %(code)s): nothing is handed over a second time."),
    ),
    Code(
        -9,
        "not_valid",
        _O,
        NOT_READY,
        _(
            "Zarinpal found the request not valid (code %(code)s): look at merchant id, callback address, description and amount."
        ),
    ),
    Code(
        -10,
        "merchant_or_address_unknown",
        _O,
        NOT_READY,
        _(
            "Zarinpal does not know the merchant id, or not this server's address (code %(code)s): compare "
            "ZARINPAL_MERCHANT_ID and the addresses in its panel."
        ),
    ),
    Code(
        -11,
        "merchant_inactive",
        _O,
        NOT_READY,
        _("The merchant's gateway at Zarinpal is not active (code %(code)s): ask Zarinpal's support."),
    ),
    Code(
        -12,
        "too_many_tries",
        _L,
        _(
            "Too many payments were begun in a short time (code %(code)s). Nothing was taken; please try again in a few minutes."
        ),
        _("Zarinpal counted too many requests in a short time (code %(code)s)."),
    ),
    Code(
        -13,
        "merchant_limit",
        _O,
        NOT_READY,
        _(
            "The merchant's limit of transactions at Zarinpal is reached (code %(code)s): complete the documents in its panel."
        ),
    ),
    Code(
        -14,
        "callback_domain",
        _O,
        NOT_READY,
        _(
            "The callback address is not on the domain that is registered at Zarinpal (code %(code)s): compare SITE_URL with its panel."
        ),
    ),
    Code(
        -15,
        "merchant_suspended",
        _O,
        NOT_READY,
        _("Zarinpal has suspended the merchant's gateway (code %(code)s): ask Zarinpal's support."),
    ),
    Code(
        -16,
        "merchant_level",
        _O,
        NOT_READY,
        _("The merchant's level at Zarinpal is below silver (code %(code)s): raise it in its panel."),
    ),
    Code(
        -17,
        "merchant_level_blue",
        _O,
        NOT_READY,
        _("The merchant's level at Zarinpal is blue, which limits it (code %(code)s): raise it in its panel."),
    ),
    Code(
        -18,
        "referrer_domain",
        _O,
        NOT_READY,
        _("The page that led to Zarinpal is not on the registered domain (code %(code)s)."),
    ),
    Code(
        -19,
        "merchant_banned",
        _O,
        NOT_READY,
        _("No transactions may be made on this gateway (code %(code)s): ask Zarinpal's support."),
    ),
    Code(
        -30,
        "split_not_allowed",
        _O,
        CANNOT_SPLIT,
        _(
            "The merchant's gateway may not split payments (code %(code)s): ask Zarinpal for shared settlement, "
            "or set ZARINPAL_MOST_PARTS=0."
        ),
    ),
    Code(
        -31,
        "split_without_account",
        _O,
        CANNOT_SPLIT,
        _("A split needs the merchant's own bank account in Zarinpal's panel (code %(code)s)."),
    ),
    Code(
        -32,
        "split_over_amount",
        _O,
        CANNOT_SPLIT,
        _("The parts of the split are more than the payment (code %(code)s): compare them with the attempt."),
    ),
    Code(
        -33,
        "split_shares_not_valid",
        _O,
        CANNOT_SPLIT,
        _("The shares of the split are not valid (code %(code)s)."),
    ),
    Code(
        -34,
        "split_fixed_over_amount",
        _O,
        CANNOT_SPLIT,
        _("The fixed parts of the split are more than the payment after Zarinpal's fee (code %(code)s)."),
    ),
    Code(
        -35,
        "split_too_many_parts",
        _O,
        CANNOT_SPLIT,
        _("The split has more parts than the merchant's gateway allows (code %(code)s): lower ZARINPAL_MOST_PARTS."),
    ),
    Code(
        -36,
        "split_part_too_small",
        _O,
        CANNOT_SPLIT,
        _("A part of the split is under 10,000 rial (code %(code)s)."),
    ),
    Code(
        -37,
        "split_iban_inactive",
        _O,
        CANNOT_SPLIT,
        _("The bank says that an IBAN of the split is not active (code %(code)s): look at the makers' IBANs."),
    ),
    Code(
        -38,
        "split_iban_not_at_shaparak",
        _O,
        CANNOT_SPLIT,
        _("An IBAN of the split is not registered at Shaparak (code %(code)s): register it in Zarinpal's panel."),
    ),
    Code(-39, "split_error", _O, CANNOT_SPLIT, _("The split failed at Zarinpal (code %(code)s): ask its support.")),
    Code(
        -40,
        "expiry_not_valid",
        _O,
        NOT_READY,
        _("Zarinpal did not accept the time in which a payment expires (code %(code)s)."),
    ),
    Code(
        -41,
        "over_the_ceiling",
        _P,
        _(
            "The amount is over what one card payment may be (code %(code)s). Nothing was taken; please order in two parts, or write to us."
        ),
        _("The amount is over Zarinpal's ceiling for one payment (code %(code)s)."),
    ),
    Code(
        -50,
        "another_amount",
        _M,
        _("Another amount was paid than we asked for (code %(code)s). A person looks into it, and no money is lost."),
        _("The amount at Zarinpal differs from the attempt's own (code %(code)s): look for rial and toman."),
    ),
    Code(
        -51,
        "not_paid",
        _P,
        _("The payment was not made (code %(code)s), so nothing was taken. You can try again."),
        _("The buyer did not pay, cancelled, or the bank refused (code %(code)s)."),
    ),
    Code(
        -52,
        "gateway_error",
        LeadsTo.UNKNOWN,
        _("The gateway could not tell us what became of the payment (code %(code)s). We go on asking it."),
        _("Zarinpal had an error of its own (code %(code)s): ask its support when it stays."),
    ),
    Code(
        -53,
        "other_merchant",
        _O,
        _("The gateway does not find this payment among ours (code %(code)s). We have been told, and look into it."),
        _(
            "The payment belongs to another merchant id (code %(code)s): ZARINPAL_MERCHANT_ID was changed while it was open."
        ),
    ),
    Code(
        -54,
        "authority_unknown",
        _P,
        _("The gateway knows no such payment (code %(code)s), so nothing was taken. You can try again."),
        _("Zarinpal does not know the authority (code %(code)s)."),
    ),
    Code(
        -55,
        "transaction_not_found",
        _P,
        _("The gateway finds no payment under this number (code %(code)s), so nothing was taken. You can try again."),
        _("Zarinpal finds no transaction for the authority (code %(code)s)."),
    ),
    Code(
        -60,
        "bank_does_not_reverse",
        _R,
        NOT_GIVEN_BACK_YET,
        _("The bank does not reverse this payment (code %(code)s): refund it."),
    ),
    Code(
        -61,
        "not_in_a_state_to_reverse",
        _R,
        NOT_GIVEN_BACK_YET,
        _("The payment is not paid, or was reversed before (code %(code)s)."),
    ),
    Code(
        -62,
        "address_not_registered",
        _R,
        NOT_GIVEN_BACK_YET,
        _("Reversing needs this server's address in Zarinpal's panel (code %(code)s); until then refund the payment."),
    ),
    Code(
        -63,
        "too_late_to_reverse",
        _R,
        NOT_GIVEN_BACK_YET,
        _("More than thirty minutes passed since the payment (code %(code)s): refund it."),
    ),
)
_BY_CODE = {str(one.code): one for one in ZARINPAL}


def read(code: int | str) -> Code:
    """The meaning of a code; one that no list names is `UNKNOWN`."""
    return _BY_CODE.get(str(code)) or unknown(code)
