"""A maker changes a work: consequences are said first; what is not theirs to say is refused."""

import pytest

from catalogue.models import ImportPermit, Product
from marketplace.core.models import Refusal
from marketplace.listing.services import offer_in_venue
from marketplace.matters.models import Matter
from marketplace.partner.models import StockRecord
from tests.desks.papers import scan


def typed(work, **changes):
    """The edit form as it stands, with changes."""
    return {
        "title_fa": work.title,
        "title_en": work.title_en,
        "craft": work.craft_id,
        "description_fa": work.description,
        "description_en": work.description_en,
        "technique_fa": work.technique_fa,
        "technique_en": work.technique_en,
        "length": "120",
        "width": "80",
        "weight": "3400",
        "origin_country": work.origin_country,
    } | changes


def path(work) -> str:
    return f"/desk/works/{work.pk}/edit/"


def test_the_form_stands_as_the_work_does(at_desk, kilim):
    page = at_desk.get(path(kilim)).content.decode()
    assert ("گلیم شیریکی‌پیچ" in page, 'value="۱۲۰"' in page, "۳۴۰۰" in page) == (True, True, True)


def test_words_are_changed_at_once(at_desk, kilim, wool):
    response = at_desk.post(path(kilim), typed(kilim, title_fa="گلیم نو", length="۱۳۰٫۵", materials=[wool.pk]))
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/works/{kilim.pk}/")
    kilim.refresh_from_db()
    assert (kilim.title, kilim.length_mm, kilim.origin_state, list(kilim.materials.all())) == (
        "گلیم نو",
        1305,
        "domestic",
        [wool],
    )
    assert kilim.stockrecords.get().withdrawn_at is None


def test_another_country_is_said_with_its_consequences_and_done_when_agreed(at_desk, kilim, bazaar):
    there = offer_in_venue(work=kilim, venue=bazaar, price_rial=50_000_000, pieces=1)
    sent = typed(kilim, origin_country="TR")
    response = at_desk.post(path(kilim), sent)
    told = response.context["consequences"]
    assert (response.status_code, told["changes"], told["after_state"]) == (200, True, "foreign")
    assert {offer.pk for offer in told["withdrawn"]} == {there.pk, kilim.stockrecords.get(venue=None).pk}
    assert bazaar.name in response.content.decode()
    assert (Product.objects.get().origin_state, StockRecord.objects.active().count(), Refusal.objects.count()) == (
        "domestic",
        2,
        0,
    )

    assert at_desk.post(path(kilim), sent | {"confirmed": told["word"]}).status_code == 302
    kilim.refresh_from_db()
    assert (kilim.origin_state, kilim.origin_country, StockRecord.objects.active().count()) == ("foreign", "TR", 0)


def test_agreeing_to_something_else_is_not_agreeing(at_desk, kilim):
    response = at_desk.post(path(kilim), typed(kilim, origin_country="TR", confirmed="domestic-domestic"))
    assert response.status_code == 200
    assert Product.objects.get().origin_country == "IR"


def test_with_its_permit_the_foreign_work_stays_in_the_workshop(at_desk, kilim, weaver, private_papers):
    permit = {"permit_number": "G-9", "permit_issued_on": "۱۴۰۵/۰۱/۱۵", "permit_scan": scan()}
    first = at_desk.post(path(kilim), typed(kilim, origin_country="TR", **permit))
    assert (first.context["consequences"]["withdrawn"], ImportPermit.objects.count()) == ([], 0)
    kept = first.context["form"].permit_row()["word"]
    del permit["permit_scan"]
    again = typed(kilim, origin_country="TR", kept_permit_scan=kept, **permit)
    assert at_desk.post(path(kilim), again | {"confirmed": first.context["consequences"]["word"]}).status_code == 302
    kilim.refresh_from_db()
    registered = ImportPermit.objects.get()
    assert (registered.maker, registered.country, registered.scan.name.split("/")[0]) == (weaver, "TR", "permits")
    assert (kilim.import_permit, kilim.origin_state, StockRecord.objects.active().count()) == (registered, "foreign", 1)
    assert Matter.objects.get().kind == "import_permit"
    assert len([file for file in private_papers.rglob("*") if file.is_file()]) == 1


def test_iranian_words_on_a_foreign_work_are_refused_recorded_once_and_change_nothing(at_copper_desk, foreign_tray):
    response = at_copper_desk.post(path(foreign_tray), typed(foreign_tray, title_fa="سینی ساخت ایران"))
    assert (response.status_code, "سینی ساخت ایران" in response.content.decode()) == (422, True)
    refusal = Refusal.objects.get()
    assert (refusal.rule, refusal.door, refusal.subject) == (
        "forbid_passing_as_local",
        "edit_work",
        f"catalogue.product:{foreign_tray.pk}",
    )
    assert Product.objects.get().title == "سینی مسی"


def test_a_foreign_work_does_not_become_iranian_by_saying_so(at_copper_desk, foreign_tray):
    response = at_copper_desk.post(path(foreign_tray), typed(foreign_tray, origin_country="IR"))
    assert (response.status_code, Refusal.objects.get().code) == (422, "officers_matter")
    assert f"/desk/works/{foreign_tray.pk}/origin/" in [step["url"] for step in response.context["refused"]["steps"]]
    assert Product.objects.get().origin_country == "TR"


def test_another_makers_work_does_not_exist_here(at_desk, foreign_tray):
    assert at_desk.get(path(foreign_tray)).status_code == 404
    assert at_desk.post(path(foreign_tray), typed(foreign_tray, title_fa="مال من")).status_code == 404
    assert Product.objects.get(pk=foreign_tray.pk).title == "سینی مسی"


@pytest.mark.parametrize("missing", ["permit_number", "permit_issued_on", "permit_scan"])
def test_half_a_permit_is_told_on_the_form(at_desk, kilim, missing):
    permit = {"permit_number": "G-9", "permit_issued_on": "2026-03-01", "permit_scan": scan()}
    del permit[missing]
    response = at_desk.post(path(kilim), typed(kilim, origin_country="TR", **permit))
    assert (response.status_code, set(response.context["form"].errors)) == (422, {missing})
    assert (ImportPermit.objects.count(), Product.objects.get().origin_country) == (0, "IR")
