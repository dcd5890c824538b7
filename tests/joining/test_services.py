"""From the first step to an approved maker, and what comes after; whatever is refused leaves everything as it was."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from marketplace.core import outbox
from marketplace.core.models import Notice
from marketplace.core.registry import audits
from marketplace.joining import services
from marketplace.joining.models import Joining, StateStep
from marketplace.joining.steps import joining_of, steps_of
from marketplace.listing.claims import LICENCE, send_licence
from marketplace.listing.services import create_work, offer_in_venue, withdraw_offer
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.partner.models import StockRecord
from tests.joining.conftest import CODE, SHEBA, facts_of


def code_of(verb, **facts) -> str:
    with pytest.raises(ValidationError) as refused:
        verb(**facts)
    found = refused.value
    return found.code if hasattr(found, "code") and found.code else found.error_list[0].code


def done(maker) -> dict[str, str]:
    return {str(step.step): step.state for step in steps_of(maker, joining_of(maker))}


def accept_licence(maker, officer) -> None:
    matter = Matter.objects.get(kind=LICENCE, maker=maker)
    decide(matter=matter, decision="accepted", reason="", by=officer)


def breaches() -> list[str]:
    return [line for check in audits().values() for line in check()]


def test_a_joining_begins_with_no_step_done_but_what_was_told(started):
    assert (started.state, started.has_joined) == ("started", False)
    assert done(started) == {
        "identity": "missing",
        "workshop": "done",
        "licence": "missing",
        "account": "missing",
        "pictures": "missing",
    }
    assert list(StateStep.objects.values_list("verb", "before", "after")) == [("begin", "", "started")]


def test_the_code_itself_is_kept_nowhere(complete):
    joining = joining_of(complete)
    kept = [str(value) for value in Joining.objects.values_list().get()]
    assert not any(CODE in value for value in kept)
    assert (joining.code_end, len(joining.code_print)) == ("679", 64)
    assert joining.code_print != services.print_of("0000000140")


def test_one_person_joins_once(complete, coppersmith, other_artisan):
    services.begin(maker=coppersmith, by=other_artisan)
    before = facts_of(coppersmith)
    refusal = code_of(services.tell_identity, maker=coppersmith, legal_name="دیگری", code="۰۰۱۲۳۴۵۶۷۹")
    assert (refusal, facts_of(coppersmith)) == ("code_taken", before)


def test_a_bad_sheba_is_refused_and_the_one_before_stays(complete):
    assert code_of(services.tell_account, maker=complete, iban="IR00", owner="نام نمونه") == "bad_iban"
    complete.seller.refresh_from_db()
    assert complete.seller.iban == SHEBA


def test_a_picture_that_is_replaced_is_gone_after_the_commit(complete, picture, django_capture_on_commit_callbacks):
    before, other = joining_of(complete).portrait.name, picture("joining/two.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        services.tell_pictures(maker=complete, portrait=other)
    store = storages["private"]
    assert (joining_of(complete).portrait.name, store.exists(before), store.exists(other)) == (other, False, True)
    assert store.exists(joining_of(complete).workshop.name)


def test_what_is_not_whole_is_not_sent_and_each_lack_is_named(started, artisan):
    before = facts_of(started)
    with pytest.raises(ValidationError) as refused:
        services.send(maker=started, by=artisan)
    assert [error.code for error in refused.value.error_list] == ["joining_incomplete"] * 4
    assert (facts_of(started), Matter.objects.count()) == (before, 0)


def test_a_whole_one_is_sent_once_and_then_not_changed(sent, complete, artisan, sirjan):
    assert (complete.state, sent.kind, sent.maker) == ("waiting", "joining", complete)
    before = facts_of(complete)
    assert code_of(services.send, maker=complete, by=artisan) == "no_such_move"
    assert code_of(services.tell_identity, maker=complete, legal_name="دیگری", code=CODE) == "joining_sent"
    assert code_of(services.tell_pictures, maker=complete, portrait="x.jpg") == "joining_sent"
    assert code_of(services.tell_account, maker=complete, iban=SHEBA, owner="x") == "joining_sent"
    workshop = {"name_fa": "x", "name_en": "x", "kind": "home", "city": sirjan, "crafts": []}
    assert code_of(services.tell_workshop, maker=complete, **workshop) == "joining_sent"
    assert (facts_of(complete), Matter.objects.filter(kind="joining").count()) == (before, 1)


def test_it_is_not_approved_before_its_licence_is(sent, complete, officer):
    before = facts_of(complete)
    assert code_of(decide, matter=sent, decision="approved", reason="", by=officer) == "licence_open"
    assert facts_of(complete) == before
    accept_licence(complete, officer)
    decide(matter=sent, decision="approved", reason="", by=officer)
    complete.refresh_from_db()
    assert (complete.state, complete.has_joined) == ("active", True)
    told = Notice.objects.filter(user=complete.owner).latest("pk")
    assert "approved" in told.text_en


@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_is_returned_step_by_step_in_the_makers_language_and_sent_again(sent, complete, officer, artisan, language):
    artisan.language = language
    artisan.save()
    sent = Matter.objects.get(pk=sent.pk)
    services.return_steps(matter=sent, reasons={"identity": " نام ناخواناست ", "account": " "}, by=officer)
    complete.refresh_from_db()
    label = {"fa": "هویت", "en": "Identity"}[language]
    assert (complete.state, complete.state_because) == ("returned", f"{label}: نام ناخواناست")
    assert joining_of(complete).returned == {"identity": "نام ناخواناست"}
    assert code_of(services.send, maker=complete, by=artisan) == "joining_incomplete"
    services.tell_identity(maker=complete, legal_name="نام خوانا", code=CODE)
    again = services.send(maker=complete, by=artisan)
    assert (again.pk != sent.pk, complete.state, joining_of(complete).returned) == (True, "waiting", {})


def test_a_return_without_a_reason_is_refused(sent, complete, officer):
    before = facts_of(complete)
    assert code_of(services.return_steps, matter=sent, reasons={"account": "  "}, by=officer) == "reason_needed"
    assert code_of(services.return_steps, matter=sent, reasons={"nothing": "x"}, by=officer) == "reason_needed"
    sent.refresh_from_db()
    assert (facts_of(complete), sent.is_open) == (before, True)


def test_a_returned_licence_is_mended_by_sending_one_anew(sent, complete, officer, artisan, flatweave):
    services.return_steps(matter=sent, reasons={"licence": "تاریخ ناخوانا"}, by=officer)
    complete.refresh_from_db()
    assert done(complete)["licence"] == "returned"
    facts = {"kind": "individual", "number": "T-10", "issued_on": "2026-01-01", "expires_on": "2028-01-01"}
    send_licence(maker=complete, by=artisan, craft_group=flatweave, **facts)
    assert done(complete)["licence"] == "done"


@pytest.mark.parametrize("state", ["started", "waiting", "returned", "suspended", "closed"])
def test_nobody_but_an_active_maker_lists_or_offers(kilim, bazaar, weaver, kilim_craft, state):
    Maker.objects.filter(pk=weaver.pk).update(state=state)  # `weaver` still believes that it is active
    before = (StockRecord.objects.count(), weaver.works.count())
    facts = {"maker": weaver, "craft": kilim_craft, "title_fa": "گلیم", "price_rial": 1_000_000}
    assert code_of(create_work, **facts) == "maker_not_active"
    offer = {"work": kilim, "venue": bazaar, "price_rial": 1_000_000, "pieces": 1}
    assert code_of(offer_in_venue, **offer) == "maker_not_active"
    assert (StockRecord.objects.count(), weaver.works.count()) == before


def test_a_suspension_takes_every_offer_back_and_its_end_gives_them_back(kilim, bazaar, weaver, officer, artisan):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=180_000_000, pieces=1)
    before = set(StockRecord.objects.active().values_list("pk", "venue", "num_in_stock"))
    services.suspend(maker=weaver, by=officer, reason="شکایت")
    weaver.refresh_from_db()
    assert (weaver.state, weaver.state_because, StockRecord.objects.active().count()) == ("suspended", "شکایت", 0)
    assert breaches() == []
    services.reopen(maker=weaver, by=officer, reason="رسیدگی شد")
    outbox.drain()
    weaver.refresh_from_db()
    assert (weaver.state, set(StockRecord.objects.active().values_list("pk", "venue", "num_in_stock"))) == (
        "active",
        before,
    )
    kinds = Notice.objects.filter(user=artisan).order_by("pk").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind == "maker_state"] == ["maker_state"] * 2
    assert breaches() == []


def test_what_its_maker_had_withdrawn_does_not_come_back(kilim, weaver, officer):
    withdraw_offer(offer=StockRecord.objects.get(), because="by_maker")
    services.suspend(maker=weaver, by=officer, reason="x")
    services.reopen(maker=weaver, by=officer, reason="x")
    outbox.drain()
    assert StockRecord.objects.active().count() == 0


def test_a_closed_maker_can_be_opened_again_and_the_history_tells(weaver, officer):
    services.close(maker=weaver, by=officer, reason="خواست خودشان")
    assert code_of(services.suspend, maker=weaver, by=officer, reason="x") == "no_such_move"
    services.reopen(maker=weaver, by=officer, reason="بازگشت")
    steps = list(StateStep.objects.values_list("verb", "before", "after", "reason"))
    assert steps == [("close", "active", "closed", "خواست خودشان"), ("reopen", "closed", "active", "بازگشت")]


@pytest.mark.parametrize("verb", [services.suspend, services.close])
def test_an_officer_gives_a_reason_and_leaves_their_own_workshop_alone(weaver, officer, verb):
    before = facts_of(weaver)
    assert code_of(verb, maker=weaver, by=officer, reason="  ") == "reason_needed"
    weaver.owner = officer
    weaver.save()
    assert code_of(verb, maker=weaver, by=officer, reason="x") == "own_cause"
    assert facts_of(weaver) == before


def test_the_history_only_grows(started):
    with pytest.raises(DatabaseError), transaction.atomic():
        StateStep.objects.update(after="active")
    with pytest.raises(DatabaseError), transaction.atomic():
        StateStep.objects.all()._raw_delete("default")
    assert StateStep.objects.get().after == "started"


def test_the_audit_names_a_state_without_history_and_an_offer_of_a_suspended_maker(kilim, weaver):
    Maker.objects.filter(pk=weaver.pk).update(state="suspended")
    offer = StockRecord.objects.get()
    assert breaches() == [
        "Maker weaver: the state suspended is not what its history gives.",
        f"Offer {offer.pk}: it is on sale while its maker weaver is not active.",
    ]
