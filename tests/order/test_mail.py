"""The letter goes after commit, in the buyer's language, and only where there is an address."""

from django.core import mail

from marketplace.checkout.placing import place_order
from marketplace.core import outbox
from tests.checkout.sale import purchase_of


def test_the_letter_names_the_order_and_its_works(workshop_offer, contact):
    number = place_order(purchase_of(workshop_offer, contact, 2)).number
    outbox.drain()
    outbox.drain()
    [letter] = mail.outbox
    assert letter.to == ["mina@example.org"]
    assert number in letter.subject
    assert "گلیم شیریکی‌پیچ × ۲ — ۳۶٬۰۰۰٬۰۰۰ تومان" in letter.body
    assert f"/checkout/order/{number}/" in letter.body


def test_no_address_no_letter(workshop_offer, contact):
    from dataclasses import replace

    place_order(purchase_of(workshop_offer, replace(contact, email="")))
    outbox.drain()
    assert mail.outbox == []
