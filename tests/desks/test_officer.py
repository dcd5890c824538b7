"""The officer's inbox and a matter's page: who may, what is shown, what a decision does, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from catalogue.models import OriginDecision, OriginDocument, ProductImage
from marketplace.core.clock import set_today
from marketplace.core.models import Notice
from marketplace.listing.claims import send_licence
from marketplace.matters.models import Matter
from marketplace.matters.services import appeal, assign, decide, open_matter
from marketplace.partner.models import StockRecord
from tests.matters.test_services import licence_facts

DOORS = ["/desk/officer/", "/en/desk/officer/"]


@pytest.fixture
def licence_matter(weaver, flatweave):
    return send_licence(maker=weaver, by=None, **licence_facts(flatweave))


def titles(response) -> list[str]:
    return [row.matter.title for row in response.context["rows"]]


def make_many(matter: Matter, many: int) -> None:
    """So many more matters of the same maker, with facts alike."""
    Matter.objects.bulk_create(
        Matter(
            kind=matter.kind,
            subject=f"catalogue.product:{900_000 + number}",
            maker=matter.maker,
            city=matter.city,
            title_fa=f"اثر {number}",
            title_en=f"Work {number}",
            weight=number % 90,
            due_on=matter.due_on,
        )
        for number in range(many)
    )


@pytest.mark.parametrize("door", DOORS)
def test_staff_without_a_second_factor_is_sent_to_make_one(door, client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(officer)
    response = client.get(door)
    assert (response.status_code, response.url.endswith("/account/two_factor/")) == (302, True)


@pytest.mark.parametrize("door", DOORS)
def test_a_buyer_is_sent_away_where_the_second_factor_is_asked_for(door, client, buyer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(buyer)
    assert client.get(door).status_code == 302


@pytest.mark.parametrize("door", DOORS)
def test_who_may_not_decide_is_refused(door, client, artisan, origin_matter, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(artisan)
    assert client.get(door).status_code == 403
    assert client.get(f"{door}{origin_matter.pk}/").status_code == 403
    sent = {"decide-decision": "verified", "decide-reason": "Mine."}
    assert client.post(f"{door}{origin_matter.pk}/decide/", sent).status_code == 403
    origin_matter.refresh_from_db()
    assert origin_matter.is_open


@pytest.mark.parametrize("door", DOORS)
def test_a_guest_is_asked_to_sign_in(door, client, day):
    response = client.get(door)
    assert (response.status_code, "sign-in" in response.url) == (302, True)


def test_every_officers_address_asks_for_the_permission(client, buyer, origin_matter, bazaar, weaver, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(buyer)
    pk = origin_matter.pk
    for address in ("together/", "together/done/", "papers/x/", "venues/", f"venues/{bazaar.slug}/"):
        assert client.get(f"/desk/officer/{address}").status_code == 403, address
    for address in (f"origins/{origin_matter.subject_id}/", f"makers/{weaver.slug}/"):
        assert client.get(f"/desk/officer/{address}").status_code == 403, address
    for address in (f"{pk}/assign/", f"{pk}/note/", f"{pk}/ask/", f"{pk}/decide/", "together/"):
        assert client.post(f"/desk/officer/{address}").status_code == 403, address
    assert origin_matter.steps.count() == 1


def test_an_officer_without_a_workshop_is_sent_to_the_inbox(at_officers_desk):
    assert at_officers_desk.get("/desk/").url == "/desk/officer/"


def test_the_heaviest_first_then_what_is_due_first(at_officers_desk, origin_matter, permit_matter, licence_matter, day):
    Matter.objects.filter(pk=permit_matter.pk).update(weight=50)
    Matter.objects.filter(pk=licence_matter.pk).update(due_on=day)
    response = at_officers_desk.get("/en/desk/officer/")
    assert titles(response) == ["Copper workshop · G-1", "Kilim workshop · Loom weaves", "Chased tray"]


def test_age_due_day_and_what_is_late(at_officers_desk, origin_matter, day):
    Matter.objects.filter(pk=origin_matter.pk).update(
        opened_at=timezone.now() - timedelta(days=9), due_on=day - timedelta(days=2)
    )
    set_today(timezone.localdate())
    Matter.objects.filter(pk=origin_matter.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    response = at_officers_desk.get("/en/desk/officer/?overdue=1")
    (row,) = response.context["rows"]
    assert (row.age_days, row.days_late) == (9, 2)
    page = response.content.decode()
    assert "2 days late" in page
    assert "9 days" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=mine", ["Chased tray"]),
        ("who=nobody", ["Copper workshop · G-1", "Kilim workshop · Loom weaves"]),
        ("kind=import_permit", ["Copper workshop · G-1"]),
        ("maker=گلیم", ["Kilim workshop · Loom weaves"]),
        ("maker=گليم", ["Kilim workshop · Loom weaves"]),
        ("maker=coppersmith", ["Chased tray", "Copper workshop · G-1"]),
        ("place=kerman/sirjan", ["Kilim workshop · Loom weaves"]),
        ("place=kerman", ["Chased tray", "Copper workshop · G-1", "Kilim workshop · Loom weaves"]),
        ("overdue=1", ["Kilim workshop · Loom weaves"]),
        ("who=nobody&kind=import_permit&place=kerman/kerman-city&maker=copper", ["Copper workshop · G-1"]),
        ("state=decided", []),
        ("kind=nonsense", []),
        ("who=nonsense", ["Chased tray", "Copper workshop · G-1", "Kilim workshop · Loom weaves"]),
    ],
)
def test_the_address_narrows_the_list(
    query, found, at_officers_desk, officer, origin_matter, permit_matter, licence_matter, day
):
    assign(matter=origin_matter, to=officer, by=officer)
    Matter.objects.filter(pk=licence_matter.pk).update(due_on=day - timedelta(days=1))
    response = at_officers_desk.get(f"/en/desk/officer/?{query}")
    assert response.status_code == 200
    assert sorted(titles(response)) == found


def test_the_tabs_count_what_waits(at_officers_desk, officer, origin_matter, permit_matter):
    assign(matter=origin_matter, to=officer, by=officer)
    tabs = at_officers_desk.get("/en/desk/officer/?who=mine").context["tabs"]
    assert [(tab.count, tab.is_here) for tab in tabs] == [
        (2, False),
        (1, True),
        (1, False),
        (0, False),
        (None, False),
    ]


def test_an_empty_inbox_says_so(at_officers_desk):
    assert "Nothing waits" in at_officers_desk.get("/en/desk/officer/").content.decode()


def test_the_inbox_takes_as_many_queries_for_five_matters_as_for_five_hundred(
    at_officers_desk, origin_matter, django_assert_num_queries
):
    make_many(origin_matter, 4)
    at_officers_desk.get("/en/desk/officer/")
    with django_assert_num_queries(QUERIES) as few:
        at_officers_desk.get("/en/desk/officer/?maker=copper")
    make_many_more = 495
    Matter.objects.filter(title_en__startswith="Work").delete()
    make_many(origin_matter, make_many_more + 4)
    with django_assert_num_queries(len(few)):
        response = at_officers_desk.get("/en/desk/officer/?maker=copper")
    assert response.context["page"].paginator.count == 500
    assert QUERIES <= 20


QUERIES = 12


def test_a_matters_page_takes_as_many_queries_beside_five_as_beside_five_hundred(
    at_officers_desk, origin_matter, permit_matter, other_officer, django_assert_num_queries
):
    decide(matter=permit_matter, decision="accepted", reason="", by=other_officer)
    make_many(origin_matter, 4)
    address = f"/en/desk/officer/{origin_matter.pk}/"
    at_officers_desk.get(address)
    with django_assert_num_queries(QUERIES_OF_A_MATTER):
        at_officers_desk.get(address)
    Matter.objects.filter(title_en__startswith="Work").delete()
    make_many(origin_matter, 499)
    with django_assert_num_queries(QUERIES_OF_A_MATTER):
        response = at_officers_desk.get(address)
    before = response.context["before"]
    assert (len(before.waiting), before.decided_count) == (6, 1)


#: In all, with the frame of the page and the navigation of the desk.
QUERIES_OF_A_MATTER = 18


def test_a_list_longer_than_a_page_has_pages_that_keep_the_filter(at_officers_desk, origin_matter):
    make_many(origin_matter, 30)
    response = at_officers_desk.get("/en/desk/officer/?kind=origin&page=2")
    assert len(response.context["rows"]) == 6
    assert "kind=origin&amp;page=1" in response.content.decode()


def test_a_matters_page_shows_facts_steps_and_documents(
    at_officers_desk, origin_matter, unproven_tray, django_assert_max_num_queries, tmp_path, monkeypatch
):
    store = type(storages["private"])(location=tmp_path)
    monkeypatch.setitem(storages._storages, "private", store)
    name = store.save("origins/paper.pdf", ContentFile(b"paper"))
    OriginDocument.objects.create(work=unproven_tray, title="Wages of the master", file=name)
    at_officers_desk.get("/en/desk/officer/")
    with django_assert_max_num_queries(20):
        response = at_officers_desk.get(f"/en/desk/officer/{origin_matter.pk}/")
    page = response.content.decode()
    for words in ("Wages of the master", "The papers are with the work.", "Iranian origin is shown", "Copper workshop"):
        assert words in page
    address = page.split('<ul class="papers">')[1].split('href="')[1].split('"')[0]
    signed = at_officers_desk.get(address)
    assert signed.status_code == 302
    assert b"".join(at_officers_desk.get(signed.url).streaming_content) == b"paper"


def test_a_forged_or_old_paper_address_is_not_there(at_officers_desk):
    assert at_officers_desk.get("/desk/officer/papers/licences:x:y/").status_code == 404


def test_every_kind_has_its_page(
    at_officers_desk, origin_matter, permit_matter, licence_matter, other_artisan, other_officer
):
    first = decide(matter=licence_matter, decision="returned", reason="The scan is cut off.", by=other_officer)
    again = appeal(matter=first, by=other_artisan, text="Here it is whole.")
    for matter, words in (
        (origin_matter, "Origin now"),
        (permit_matter, "G-1"),
        (licence_matter, "There is an appeal against this decision."),
        (again, "The scan is cut off."),
    ):
        response = at_officers_desk.get(f"/en/desk/officer/{matter.pk}/")
        assert response.status_code == 200
        assert words in response.content.decode()


def test_what_was_decided_before_on_the_same_maker_is_shown(
    at_officers_desk, origin_matter, permit_matter, other_officer
):
    decide(matter=permit_matter, decision="refused", reason="Not of this year.", by=other_officer)
    before = at_officers_desk.get(f"/en/desk/officer/{origin_matter.pk}/").context["before"]
    assert (before.decided_count, before.refusals, before.inspections, before.licences) == (1, 0, [], [])
    assert [row.matter for row in before.decided] == [permit_matter]


def test_a_decision_leads_to_the_next_of_the_same_list(
    at_officers_desk, origin_matter, permit_matter, licence_matter, officer
):
    Matter.objects.filter(pk=licence_matter.pk).update(weight=70)
    sent = {"decide-decision": "unproven", "decide-reason": "No paper names the workshop."}
    response = at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/decide/?maker=coppersmith", sent)
    assert response.url == f"/en/desk/officer/{permit_matter.pk}/?maker=coppersmith"
    page = at_officers_desk.get(response.url).content.decode()
    assert "“Chased tray”: Not shown; it stays as it is. Here is the next." in page
    origin_matter.refresh_from_db()
    assert (origin_matter.decision, origin_matter.decided_by) == ("unproven", officer)


def test_after_the_last_one_the_list_says_that_nothing_waits(at_officers_desk, origin_matter):
    sent = {"decide-decision": "verified", "decide-reason": "Seen in the workshop."}
    response = at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/decide/", sent, follow=True)
    assert response.redirect_chain == [("/en/desk/officer/", 302)]
    assert "Nothing more waits in this list." in response.content.decode()


def test_a_decision_says_how_many_offers_it_took_back(at_officers_desk, foreign_tray, permit_matter):
    sent = {"decide-decision": "refused", "decide-reason": "The number is not known."}
    response = at_officers_desk.post(f"/en/desk/officer/{permit_matter.pk}/decide/", sent, follow=True)
    assert "1 offer was withdrawn." in response.content.decode()
    assert not StockRecord.objects.active().filter(product=foreign_tray).exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"decide-decision": "unproven", "decide-reason": ""}, "Write the reason"),
        ({"decide-reason": "Because."}, "Choose one of the decisions."),
    ],
)
def test_a_decision_that_a_rule_refuses_changes_nothing(at_officers_desk, origin_matter, sent, words):
    response = at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/decide/", sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    origin_matter.refresh_from_db()
    assert (origin_matter.is_open, origin_matter.steps.count(), OriginDecision.objects.count()) == (True, 1, 0)


def test_in_ones_own_cause_the_form_is_not_there(at_officers_desk, origin_matter, coppersmith, officer):
    coppersmith.owner = officer
    coppersmith.save()
    page = at_officers_desk.get(f"/en/desk/officer/{origin_matter.pk}/").content.decode()
    assert "You cannot decide about your own workshop" in page
    assert "decide-decision" not in page
    sent = {"decide-decision": "verified", "decide-reason": "I know it."}
    assert at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/decide/", sent).status_code == 422
    origin_matter.refresh_from_db()
    assert origin_matter.is_open


def test_a_matter_is_taken_given_and_given_back(at_officers_desk, origin_matter, officer, other_officer):
    address = f"/en/desk/officer/{origin_matter.pk}/assign/"
    for sent, expected in (
        ({"take": "1"}, officer),
        ({"assign-to": str(other_officer.pk)}, other_officer),
        ({"assign-to": ""}, None),
    ):
        assert at_officers_desk.post(address, sent).status_code == 302
        origin_matter.refresh_from_db()
        assert origin_matter.assigned_to == expected


def test_a_matter_is_given_to_officers_only(at_officers_desk, origin_matter, buyer):
    address = f"/en/desk/officer/{origin_matter.pk}/assign/"
    assert at_officers_desk.post(address, {"assign-to": str(buyer.pk)}).status_code == 422
    origin_matter.refresh_from_db()
    assert (origin_matter.assigned_to, origin_matter.steps.count()) == (None, 1)


def test_a_note_and_a_question_stand_among_the_steps(at_officers_desk, origin_matter, other_artisan):
    at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/note/", {"note-text": "Call the guild."})
    at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/ask/", {"ask-text": "Who chased it?"})
    page = at_officers_desk.get(f"/en/desk/officer/{origin_matter.pk}/").content.decode()
    assert "Call the guild." in page
    assert "Who chased it?" in page
    assert Notice.objects.get().user == other_artisan


@pytest.mark.parametrize("what", ["note", "ask"])
def test_an_empty_word_is_told_and_not_kept(at_officers_desk, origin_matter, what):
    response = at_officers_desk.post(f"/en/desk/officer/{origin_matter.pk}/{what}/", {f"{what}-text": " "})
    assert response.status_code == 422
    assert origin_matter.steps.count() == 1


def test_a_suspicion_shows_its_signals_heaviest_first(at_officers_desk, kilim, django_assert_max_num_queries):
    mine, other = (
        ProductImage.objects.create(product=kilim, original=f"works/{number}.webp", display_order=number)
        for number in (1, 2)
    )
    signals = [
        {"kind": "price", "weight": 20, "sentence_fa": "ارزان", "sentence_en": "Below the floor."}
        | {"image": None, "other_image": None},
        {"kind": "photo", "weight": 60, "sentence_fa": "عکس", "sentence_en": "Another's photo."}
        | {"image": mine.pk, "other_image": other.pk},
    ]
    matter = open_matter(
        kind="suspicion",
        subject=kilim,
        maker=kilim.maker,
        title=lambda: kilim.name,
        weight=80,
        facts={"signals": signals},
    )
    at_officers_desk.get("/en/desk/officer/")
    with django_assert_max_num_queries(20):
        response = at_officers_desk.get(f"/en/desk/officer/{matter.pk}/")
    assert [signal.weight for signal in response.context["signals"]] == [60, 20]
    page = response.content.decode()
    assert page.index("Another&#x27;s photo.") < page.index("Below the floor.")
    assert all(image.original.url in page for image in (mine, other))
