import uuid

import pytest
from django.core.exceptions import ValidationError

from marketplace.drafts import rules
from marketplace.drafts.models import Draft
from marketplace.drafts.services import close_draft, discard_draft, hold_draft, keep_typed

HERE, THERE = uuid.uuid4(), uuid.uuid4()
KEY = uuid.uuid4()


def keep(maker, *, version=0, writer=HERE, key=KEY, **typed):
    return keep_typed(
        maker=maker, key=key, version=version, writer=writer, typed={name: [text] for name, text in typed.items()}
    )


def code(action) -> str:
    with pytest.raises(ValidationError) as error:
        action()
    return error.value.code


def test_the_first_word_makes_the_draft_and_others_are_added(weaver):
    first = keep(weaver, title_fa="گ", price_rial="گران")
    second = keep(weaver, version=1, title_fa="گلیم")
    assert (first.pk, first.version) == (second.pk, 1)
    draft = Draft.objects.get()
    assert (draft.version, draft.typed) == (2, {"title_fa": ["گلیم"], "price_rial": ["گران"]})


def test_what_did_not_change_is_no_new_version(weaver):
    keep(weaver, title_fa="گلیم")
    changed_at = Draft.objects.get().changed_at
    assert keep(weaver, version=0, writer=THERE, title_fa="گلیم").version == 1
    assert Draft.objects.get().changed_at == changed_at


def test_a_window_left_behind_does_not_undo_another(weaver):
    keep(weaver, title_fa="گلیم")
    keep(weaver, version=1, writer=THERE, title_fa="گلیم سرخ")
    assert code(lambda: keep(weaver, version=1, title_fa="گلیم آبی")) == "draft_newer"
    draft = Draft.objects.get()
    assert (draft.version, draft.typed, draft.writer) == (2, {"title_fa": ["گلیم سرخ"]}, THERE)


def test_a_window_that_lost_an_answer_goes_on_from_its_own_words(weaver):
    keep(weaver, title_fa="گل")
    assert keep(weaver, version=0, title_fa="گلیم").version == 2


def test_without_the_rule_the_older_window_wins(weaver, monkeypatch):
    monkeypatch.setattr("marketplace.drafts.services.require_newest", lambda *_args, **_facts: None)
    keep(weaver, title_fa="گلیم")
    keep(weaver, version=1, writer=THERE, title_fa="گلیم سرخ")
    keep(weaver, version=1, title_fa="گلیم آبی")
    assert Draft.objects.get().typed == {"title_fa": ["گلیم آبی"]}


def test_one_key_is_another_draft_for_another_maker(weaver, coppersmith):
    keep(weaver, title_fa="گلیم")
    keep(coppersmith, title_fa="سینی")
    assert {draft.maker: draft.title for draft in Draft.objects.all()} == {weaver: "گلیم", coppersmith: "سینی"}


def test_a_draft_is_not_a_store_of_text(weaver):
    assert code(lambda: keep(weaver, description_fa="ا" * (rules.CHARACTERS + 1))) == "draft_too_long"
    assert not Draft.objects.exists()


def test_too_many_unfinished_drafts_are_refused(weaver, kilim, monkeypatch):
    monkeypatch.setattr(rules, "DRAFTS", 2)
    first = keep(weaver, key=uuid.uuid4(), title_fa="یک")
    keep(weaver, key=uuid.uuid4(), title_fa="دو")
    assert code(lambda: keep(weaver, key=uuid.uuid4(), title_fa="سه")) == "too_many_drafts"
    assert Draft.objects.count() == 2
    close_draft(draft=first, work=kilim)
    keep(weaver, key=uuid.uuid4(), title_fa="سه")
    assert Draft.objects.unfinished().count() == 2


def test_what_is_listed_is_no_draft_any_more(weaver, kilim):
    draft = keep(weaver, title_fa="گلیم")
    close_draft(draft=draft, work=kilim)
    assert code(lambda: keep(weaver, version=1, title_fa="دیگر")) == "draft_listed"
    assert code(lambda: hold_draft(maker=weaver, key=KEY)) == "draft_listed"
    assert code(lambda: discard_draft(draft=draft)) == "draft_listed"
    kept = Draft.objects.get()
    assert (kept.work, kept.typed) == (kilim, {})
