"""The sandbox gateway's own page. It stands outside the shop and looks it: no money moves here, in two languages."""

import json
from html import escape

from marketplace.core.money import money_text
from marketplace.payments.sandbox.book import Payment

STYLE = """
:root { color-scheme: light dark; }
body { max-width: 34rem; margin: 3rem auto; padding-inline: 1.2rem; font: 1.1rem/1.8 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } p[lang=en] { direction: ltr; text-align: left; }
.note { padding: .8rem 1.1rem; border: 2px dashed currentColor; }
.amount { font-size: 1.7rem; font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: 1rem; margin-block: 1.2rem; align-items: end; }
label { display: grid; }
input { min-height: 3rem; padding: .4rem .8rem; font: inherit; border: 2px solid currentColor; border-radius: 4px; }
button { min-height: 3rem; padding: .4rem 1.6rem; border: 2px solid #0b6b73; border-radius: 4px;
  background: #0b6b73; color: #fff; font: inherit; cursor: pointer; }
button:not([value=OK]) { background: none; color: inherit; }
"""


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


NOTE = (
    '<div class="note"><p>این درگاه آزمایشی است: هیچ پولی جابه‌جا نمی‌شود و شماره کارتی پرسیده نمی‌شود.</p>'
    '<p lang="en">This is a sandbox: no money moves and no card number is asked for.</p></div>'
)


def payment_page(payment: Payment) -> str:
    """Amount, what it is for, whom it is shared out to, and what can become of a payment."""
    amount_fa = money_text(payment.amount_rial, unit="rial", language="fa")
    amount_en = money_text(payment.amount_rial, unit="rial", language="en")
    return _document(
        "درگاه آزمایشی · Sandbox gateway",
        f"<h1>درگاه آزمایشی · Sandbox gateway</h1>{NOTE}"
        f'<p>{escape(payment.description)}</p><p class="amount">{amount_fa}</p><p lang="en">{amount_en}</p>'
        '<form method="post"><button name="status" value="OK">پرداخت · Pay</button>'
        '<button name="status" value="NOK">انصراف · Cancel</button>'
        '<button name="status" value="FAIL">ناموفق · Fail at the bank</button>'
        '<button name="status" value="LATER">پرداخت با تأخیر · Pay a minute later</button></form>'
        '<form method="post"><label>مبلغ دیگر (ریال) · Another amount (rial)'
        f'<input name="amount" inputmode="numeric" dir="ltr" value="{payment.amount_rial * 10}"></label>'
        '<button name="status" value="OTHER">پرداخت مبلغ دیگر · Pay it</button></form>' + _shares(payment),
    )


def _shares(payment: Payment) -> str:
    """The parts that go straight to IBANs."""
    parts = json.loads(payment.wages)
    if not parts:
        return ""
    rows = "".join(
        f"<li>{money_text(part['amount'], unit='rial', language='fa')} → <bdi dir=ltr>{escape(part['iban'])}</bdi></li>"
        for part in parts
    )
    return f"<h2>تسهیم · Split</h2><ul>{rows}</ul>"


def closed_page() -> str:
    """For an authority that is unknown or already used."""
    return _document(
        "درگاه آزمایشی · Sandbox gateway",
        f"<h1>این پرداخت باز نیست · This payment is not open</h1>{NOTE}"
        '<p>به فروشگاه برگردید.</p><p lang="en">Go back to the shop.</p>',
    )
