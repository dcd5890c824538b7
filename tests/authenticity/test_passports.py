"""Labels within the licensed capacity; a piece activated once, sent once, passed on with both sides' consent."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from authenticity.codes import CODE_LETTERS, in_groups, read_code, scratch_fits
from authenticity.models import Passport, Scan, Transfer
from authenticity.passports import (
    LIST_LENGTH,
    LOG,
    State,
    accept_title,
    activate,
    free_indexes,
    hashed_place,
    looked,
    make_labels,
    not_in_force,
    offer_title,
    reinstate,
    revoke,
    state_of,
    suspend,
    tie_to_line,
    void_label,
)
from authenticity.verification import find
from catalogue.models import Piece
from marketplace.checkout.placing import place_order
from marketplace.core import chain, clock
from marketplace.core.models import LogEntry
from tests.cast import DAY
from tests.checkout.sale import contact, purchase_of, workshop_offer  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
HERE = {"place": "p", "device": "d"}


@pytest.fixture
def capacity(licence):
    licence.pieces_a_year = 5
    licence.save()
    return licence


@pytest.fixture
def labels(capacity, kilim):
    return make_labels(work=kilim, count=2)[1]


@pytest.fixture
def label(labels):
    return labels[0]


def refused(code: str, act) -> None:
    with pytest.raises(ValidationError) as error:
        act()
    assert error.value.code == code


def test_labels_carry_codes_that_cannot_be_guessed(labels, kilim):
    codes = {label.passport.code for label in labels}
    assert len(codes) == 2
    assert {len(code) for code in codes} == {CODE_LETTERS}
    assert [label.passport.serial for label in labels] == ["1405-000001", "1405-000002"]
    assert list(Piece.objects.filter(work=kilim).values_list("number", flat=True)) == [1, 2]
    assert labels[0].scratch not in str(Passport.objects.values().get(pk=labels[0].passport.pk))


def test_the_quota_is_the_licensed_capacity_of_the_jalali_year(capacity, labels, kilim):
    make_labels(work=kilim, count=3)
    refused("over_capacity", lambda: make_labels(work=kilim, count=1))
    assert Passport.objects.count() == 5
    void_label(passport=labels[0].passport, because="torn")
    make_labels(work=kilim, count=1)
    assert Passport.objects.count() == 6
    clock.set_today(date(2027, 3, 21))
    make_labels(work=kilim, count=5)
    assert Passport.objects.latest("pk").serial.startswith("1406-")


def test_a_batch_counts_with_all_its_pieces(capacity, kilim):
    _sheet, labels = make_labels(work=kilim, count=1, pieces_each=4)
    assert (labels[0].passport.piece, labels[0].passport.pieces) == (None, 4)
    refused("over_capacity", lambda: make_labels(work=kilim, count=2))


def test_no_capacity_no_domestic_origin_no_labels(licence, kilim, foreign_tray):
    refused("no_capacity", lambda: make_labels(work=kilim, count=1))
    refused("not_domestic", lambda: make_labels(work=foreign_tray, count=1))
    assert Passport.objects.count() == 0


@pytest.mark.parametrize(
    ("gtin", "code"), [("4006381333931", None), ("4006381333932", "bad_gtin"), ("12a", "bad_gtin")]
)
def test_a_gtin_ends_with_its_check_digit(capacity, kilim, gtin, code):
    if code:
        refused(code, lambda: make_labels(work=kilim, count=1, gtin=gtin))
    else:
        assert make_labels(work=kilim, count=1, gtin=gtin)[1][0].passport.gtin == "0" + gtin
    assert Passport.objects.count() == (0 if code else 1)


def test_states_in_order_of_gravity(label):
    passport = label.passport
    assert state_of(None, on=DAY) is State.UNKNOWN
    assert state_of(passport, on=DAY) is State.NOT_ACTIVATED
    passport.activated_at = timezone.now()
    assert state_of(passport, on=DAY) is State.VALID
    passport.valid_until = DAY
    assert state_of(passport, on=DAY) is State.VALID
    assert state_of(passport, on=DAY + timedelta(days=1)) is State.EXPIRED
    passport.suspended_on = DAY
    assert state_of(passport, on=DAY + timedelta(days=1)) is State.SUSPENDED
    passport.revoked_on = DAY
    assert state_of(passport, on=DAY) is State.REVOKED
    passport.voided_on = DAY
    assert state_of(passport, on=DAY) is State.VOID


def test_a_piece_is_activated_once_by_the_word_under_the_field(label, buyer):
    refused("wrong_scratch", lambda: activate(passport=label.passport, scratch="NOTTHEWORD", **HERE))
    assert Passport.objects.get(pk=label.passport.pk).activated_at is None
    activate(passport=label.passport, scratch=f" {label.scratch[:5].lower()}-{label.scratch[5:]}", by=buyer, **HERE)
    kept = Passport.objects.get(pk=label.passport.pk)
    assert (kept.owner, Scan.objects.get().kind) == (buyer, "activated")
    refused("activated_before", lambda: activate(passport=kept, scratch=label.scratch, **HERE))
    assert Scan.objects.count() == 1


def test_a_label_outlives_a_change_of_the_sites_secret(label, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret"
    assert scratch_fits(label.passport.code, label.scratch, label.passport.scratch_hash)


def test_suspended_revoked_and_void_ones_are_not_activated(labels):
    first, second = (label.passport for label in labels)
    suspend(passport=first, because="a doubt")
    refused("passport_not_in_force", lambda: activate(passport=first, scratch=labels[0].scratch, **HERE))
    reinstate(passport=first, because="cleared")
    activate(passport=first, scratch=labels[0].scratch, **HERE)
    refused("label_used", lambda: void_label(passport=first, because="torn"))
    revoke(passport=second, because="copied")
    refused("passport_not_in_force", lambda: suspend(passport=second, because="again"))
    assert not_in_force([first.status_index, second.status_index]) == ({second.status_index}, set())


def test_looks_are_counted_and_name_nobody(label):
    looked(passport=label.passport, place=hashed_place("203.0.113.7"), device="d1")
    looked(passport=label.passport, place=hashed_place("203.0.99.9"), device="d2")
    assert find(label.passport.code, on=DAY).times_seen == 2
    assert len({scan.place for scan in Scan.objects.all()}) == 1
    assert "203" not in str(list(Scan.objects.values()))


def test_a_piece_leaves_with_one_order_line_of_its_own_work(label, workshop_offer, contact, unproven_tray):  # noqa: F811
    line = place_order(purchase_of(workshop_offer, contact)).lines.get()
    tie_to_line(passport=label.passport, line=line)
    assert Passport.objects.get(pk=label.passport.pk).order_line == line
    refused("sent_before", lambda: tie_to_line(passport=label.passport, line=line))
    line.maker = unproven_tray.maker
    other = Passport.objects.exclude(pk=label.passport.pk).get()
    refused("other_makers_passport", lambda: tie_to_line(passport=other, line=line))
    assert Passport.objects.get(pk=other.pk).order_line is None


def test_title_passes_with_both_sides_consent(label, buyer, artisan):
    activate(passport=label.passport, scratch=label.scratch, by=buyer, **HERE)
    passport = Passport.objects.get(pk=label.passport.pk)
    refused("not_owner", lambda: offer_title(passport=passport, by=artisan))
    _first, old = offer_title(passport=passport, by=buyer)
    _second, secret = offer_title(passport=passport, by=buyer)
    refused("transfer_closed", lambda: accept_title(secret=old, by=artisan))
    accept_title(secret=secret, by=artisan)
    assert Passport.objects.get(pk=passport.pk).owner == artisan
    refused("transfer_closed", lambda: accept_title(secret=secret, by=buyer))
    assert Transfer.objects.exclude(accepted_at=None).count() == 1


def test_an_offer_of_a_title_ends(label, buyer, artisan):
    activate(passport=label.passport, scratch=label.scratch, by=buyer, **HERE)
    transfer, secret = offer_title(passport=label.passport, by=buyer)
    Transfer.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    refused("transfer_closed", lambda: accept_title(secret=secret, by=artisan))
    assert Passport.objects.get(pk=transfer.passport_id).owner == buyer


def test_every_change_of_force_is_a_line_of_the_chained_log(labels):
    suspend(passport=labels[0].passport, because="a doubt")
    revoke(passport=labels[0].passport, because="copied")
    assert list(LogEntry.objects.filter(chain=LOG).values_list("kind", flat=True)) == ["issued", "suspended", "revoked"]
    assert chain.first_broken(LOG) is None


def test_places_in_the_lists_are_unlike_their_order_of_making(db):
    found = free_indexes(50)
    assert len(set(found)) == 50
    assert found != sorted(found)
    assert max(found) < LIST_LENGTH


@pytest.mark.parametrize("form", ["{0}", " {1} ", "https://rasteh.example/v/{0}?utm=1", "/v/{0}/", "{2}"])
def test_codes_are_read_however_they_are_typed(label, form):
    code = label.passport.code
    typed = form.format(code, in_groups(code), code.lower().replace("0", "o").replace("1", "l"))
    assert read_code(typed) == code


@pytest.mark.parametrize("text", ["", "abc", "U" * 26, "0" * 25, "<script>", "۰" * 27])
def test_what_cannot_be_a_code_is_empty(text):
    assert read_code(text) == ""
