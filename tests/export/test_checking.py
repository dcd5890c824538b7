"""A revoked seal, a revoked passport or an origin that changed after packing stops the dispatch, and names parcel and piece."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from authenticity.models import Passport, SealGrant, SealScheme
from authenticity.passports import revoke
from catalogue.models import Product
from marketplace.core.models import LogEntry
from marketplace.core.persian import set_apart
from marketplace.export.checking import arrive, check, checked, dispatch
from marketplace.export.filling import pack
from marketplace.export.models import ConsignmentLine
from tests.cast import DAY
from tests.export.abroad import gathered


@pytest.fixture
def seal(kilim_line, weaver):
    scheme = SealScheme.objects.create(
        slug="national", name_fa="نشان ملی", name_en="National seal", body_fa="نهاد", body_en="Body"
    )
    return SealGrant.objects.create(
        scheme=scheme,
        product_line=kilim_line,
        maker=weaver,
        number="N-7",
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 1, 1),
    )


@pytest.fixture
def sealed(seal, filled, cartons, carrier):
    """Packed while the seal was in force."""
    gathered(filled)
    pack(consignment=filled, carrier=carrier, by=None)
    filled.refresh_from_db()
    return filled


def stopped(consignment, act, **values) -> list[str]:
    """The sentences in English; the state stays and nothing is dispatched."""
    before = type(consignment).objects.get(pk=consignment.pk).state
    with override("en"), pytest.raises(ValidationError) as error:
        act(consignment=consignment, by=None, **values)
    assert type(consignment).objects.get(pk=consignment.pk).state == before
    assert Passport.objects.exclude(dispatched_at=None).count() == 0
    return error.value.messages


def test_what_is_in_order_is_checked_dispatched_and_arrives(packed, labelled):
    check(consignment=packed, by=None)
    dispatch(consignment=packed, tracking="TR-1", by=None)
    done = arrive(consignment=packed, by=None)
    labelled.refresh_from_db()
    assert (done.state, labelled.dispatched_at is not None) == ("arrived", True)
    assert LogEntry.objects.filter(chain="passports", kind="sent abroad").count() == 1
    assert not ConsignmentLine.objects.filter(is_held=True).exists()


def test_a_seal_revoked_after_packing_stops_the_dispatch_and_names_parcel_and_piece(sealed, seal, labelled):
    assert {tuple(line.seals[0]) for line in sealed.lines.all()} == {(seal.pk, "National seal N-7")}
    check(consignment=sealed, by=None)
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    told = stopped(sealed, dispatch, tracking="TR-1")
    with override("en"):
        found = [stop for stop in checked(sealed, on=DAY).stops if labelled.serial in stop.piece]
    assert len(found) == 1
    assert f"Parcel {found[0].carton}, “Shiriki-pich kilim {set_apart(labelled.serial)}”: " in "\n".join(told)
    assert "The papers name a seal that is not in force any more: National seal N-7." in told[0]


def test_an_origin_changed_after_packing_stops_the_dispatch(packed, kilim, labelled):
    check(consignment=packed, by=None)
    Product.objects.filter(pk=kilim.pk).update(origin_state="disputed", domestic_until=None)
    told = stopped(packed, dispatch, tracking="TR-1")
    assert {1, 2} == {stop.carton for stop in checked(packed, on=DAY).stops}
    assert all("The Iranian origin of this work does not hold today: Origin disputed." in sentence for sentence in told)


def test_a_passport_revoked_after_packing_stops_the_dispatch(packed, labelled):
    check(consignment=packed, by=None)
    revoke(passport=labelled, because="copied")
    told = stopped(packed, dispatch, tracking="TR-1")
    assert len(told) == 1
    assert labelled.serial in told[0]
    assert told[0].endswith("This passport is not in force.")


def test_a_destination_that_is_closed_stops_the_check(filled, cartons, carrier):
    gathered(filled)
    type(filled).objects.filter(pk=filled.pk).update(buyer_country="US")
    filled.refresh_from_db()
    pack(consignment=filled, carrier=carrier, by=None)
    filled.refresh_from_db()
    assert "Goods of Iranian origin cannot go to the United States." in stopped(filled, check)


def test_an_antique_never_goes(filled, cartons, carrier):
    gathered(filled)
    filled.lines.update(age_years=100)
    pack(consignment=filled, carrier=carrier, by=None)
    filled.refresh_from_db()
    told = stopped(filled, check)
    assert any(sentence.startswith("Parcel 1, ") and "antique" in sentence for sentence in told)


def test_nothing_leaves_unchecked(packed):
    stopped(packed, dispatch, tracking="TR-1")


def test_warnings_and_unlabelled_pieces_are_told_and_stop_nothing(packed):
    found = checked(packed, on=DAY)
    assert (found.stops, found.unlabelled) == ((), 2)
    assert "eu_full_duty" in {one.code for one in found.warnings}
