"""Notices go by the ways that were chosen; those about orders and money always come; a link in a mail ends such mails."""

import ast
from pathlib import Path

import pytest
from django.core import mail, signing

from marketplace.core import notices, outbox
from marketplace.core.models import Notice
from marketplace.core.notice_groups import (
    GROUPS,
    choose_ways,
    group_of,
    read_word,
    turn_off_mail,
    unsubscribe_word,
    ways_of,
)
from marketplace.core.notices import notify

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def texted(monkeypatch):
    """Mobiles that a short message reached, with its text."""
    reached: list[tuple[str, str]] = []
    monkeypatch.setattr(notices, "send_sms", lambda mobile, text: reached.append((mobile, text)))
    return reached


def kinds_in_the_code() -> set[str]:
    """Every kind that `notify` is given, as a plain text or by the name of a constant of the same file."""
    found = set()
    for path in (*(ROOT / "marketplace").rglob("*.py"), *(ROOT / "authenticity").rglob("*.py")):
        tree = ast.parse(path.read_text())
        named = _constants(tree)
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            if getattr(call.func, "id", "") == "notify":
                kinds = (word.value for word in call.keywords if word.arg == "kind")
                for one in (part for kind in kinds for part in ast.walk(kind)):
                    found.add(named.get(one.id) if isinstance(one, ast.Name) else getattr(one, "value", None))
    return {kind for kind in found if isinstance(kind, str)}


def _constants(tree: ast.Module) -> dict[str, object]:
    """Plain texts that stand under a name of the file."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_every_kind_that_is_told_stands_in_a_group():
    assert {kind for kind in kinds_in_the_code() if group_of(kind).name == "other"} == set()


@pytest.mark.parametrize(
    ("chosen", "by_mail", "by_sms"),
    [(None, 1, 0), (["mail"], 1, 0), (["sms"], 0, 1), (["mail", "sms"], 1, 1), ([], 0, 0)],
)
def test_a_notice_goes_by_the_ways_that_were_chosen(buyer, texted, chosen, by_mail, by_sms):
    if chosen is not None:
        choose_ways(user=buyer, ways={"basket": chosen})
    notify(users=[buyer], kind="basket_line_withdrawn", sentence="Gone")
    outbox.drain()
    assert (len(mail.outbox), texted) == (by_mail, [(buyer.mobile, "Gone")] * by_sms)
    assert Notice.objects.get().read_at is None


def test_orders_and_money_come_whatever_was_chosen(buyer):
    choose_ways(user=buyer, ways={group.name: [] for group in GROUPS})
    for kind in ("order", "payment", "payout"):
        notify(users=[buyer], kind=kind, sentence="Money")
    outbox.drain()
    assert len(mail.outbox) == 3
    assert [one for one in mail.outbox if "List-Unsubscribe" in one.extra_headers] == []
    assert "orders" not in buyer.notice_ways


def test_a_mail_says_how_to_end_such_mails(buyer, settings):
    buyer.language = "en"
    buyer.save()
    notify(users=[buyer], kind="basket_line_withdrawn", sentence="Gone")
    outbox.drain()
    header = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert header.startswith(f"{settings.SITE_URL}/en/account/unsubscribe/")
    assert (header in mail.outbox[0].body, mail.outbox[0].extra_headers["List-Unsubscribe-Post"]) == (
        True,
        "List-Unsubscribe=One-Click",
    )


def test_turning_mail_off_leaves_the_short_messages_and_the_other_groups(buyer):
    choose_ways(user=buyer, ways={"basket": ["mail", "sms"]})
    for _press in range(2):
        turn_off_mail(user=buyer, group=group_of("basket_line_withdrawn"))
    buyer.refresh_from_db()
    assert (ways_of(buyer, group_of("basket_line_withdrawn")), ways_of(buyer, group_of("matter"))) == (
        ("sms",),
        ("mail",),
    )


def test_a_word_is_read_only_as_we_wrote_it(buyer):
    word = unsubscribe_word(buyer, group_of("matter"))
    assert read_word(word) == (buyer, group_of("matter"))
    forged = [word[:-1] + ("A" if word[-1] != "A" else "B"), "x", signing.dumps([buyer.pk, "matter"], salt="other")]
    for one in (*forged, unsubscribe_word(buyer, group_of("order"))):
        with pytest.raises(signing.BadSignature):
            read_word(one)
