"""The market's own bundles: what they say, and what becomes of them when a passport does."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from authenticity.codes import in_groups
from authenticity.credentials.multibase import from_base64url
from authenticity.credentials.status_list import MINIMUM, decode, is_set
from authenticity.credentials.verdict import State
from authenticity.credentials.verifier import verify_bundle
from authenticity.issuing import bundle_of, for_credentials, unsigned_list
from authenticity.models import Passport
from authenticity.passports import LIST_LENGTH, reinstate, revoke, suspend, void_label
from tests.authenticity.passports import SITE

pytestmark = pytest.mark.django_db
#: On the tests' day, after the labels were made.
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def bundle(one: Passport, now: datetime = NOW) -> dict:
    return bundle_of(for_credentials().get(pk=one.pk), now=now)


def state(one: Passport, now: datetime = NOW) -> State:
    return verify_bundle(bundle(one, now)).state


def printed(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_credential_says_what_the_page_says(passport, seal):
    made = bundle(passport)["credential"]
    assert made["issuer"] == "did:web:rasteh.example"
    assert made["credentialSubject"] == {
        "id": f"{SITE}/v/{passport.code}",
        "type": "Piece",
        "name": [
            {"@value": "گلیم شیریکی‌پیچ", "@language": "fa", "@direction": "rtl"},
            {"@value": "Shiriki-pich kilim", "@language": "en"},
        ],
        "serial": "1405-000001",
        "maker": {
            "type": "Maker",
            "name": [
                {"@value": "کارگاه گلیم", "@language": "fa", "@direction": "rtl"},
                {"@value": "Kilim workshop", "@language": "en"},
            ],
        },
        "craft": {
            "type": "Craft",
            "name": [
                {"@value": "گلیم‌بافی", "@language": "fa", "@direction": "rtl"},
                {"@value": "Kilim weaving", "@language": "en"},
            ],
        },
        "city": {
            "type": "City",
            "name": [
                {"@value": "سیرجان", "@language": "fa", "@direction": "rtl"},
                {"@value": "Sirjan", "@language": "en"},
            ],
        },
        "country": "IR",
        "originBasis": "declared",
        "awardChecks": [
            {
                "type": "AwardCheck",
                "award": [
                    {"@value": "نشان مرغوبیت", "@language": "fa", "@direction": "rtl"},
                    {"@value": "Quality mark", "@language": "en"},
                ],
                "awardedBy": [
                    {"@value": "میراث فرهنگی", "@language": "fa", "@direction": "rtl"},
                    {"@value": "Cultural Heritage", "@language": "en"},
                ],
                "certificateNumber": "Q-1",
                "validUntil": "2028-01-01",
            }
        ],
    }
    assert state(passport) is State.VALID


def test_an_award_is_said_with_the_document_that_was_checked(passport, seal):
    seal.attach_certificate("q-1.pdf", b"the certificate as it was scanned", on=date(2026, 5, 1))
    check = bundle(passport)["credential"]["credentialSubject"]["awardChecks"][0]
    assert check["checkedOn"] == "2026-05-01"
    digest = hashlib.sha256(b"the certificate as it was scanned").digest()
    assert from_base64url(check["documentDigest"]) == b"\x12\x20" + digest
    seal.refresh_from_db()
    with seal.certificate.open() as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == seal.certificate_digest
    assert state(passport) is State.VALID


def test_a_seal_that_was_suspended_is_not_said_any_more(passport, seal):
    type(seal).objects.filter(pk=seal.pk).update(suspended_on="2026-11-22")
    assert "awardChecks" not in bundle(passport)["credential"]["credentialSubject"]


def test_an_owner_is_nowhere_in_it(passport, buyer):
    passport.owner = buyer
    passport.save()
    text = json.dumps(bundle(passport), ensure_ascii=False)
    assert buyer.username not in text
    assert buyer.email not in text


def test_a_batch_a_gtin_and_a_demo_piece_say_so(passport, licence, kilim):
    Passport.objects.filter(pk=passport.pk).update(gtin="06260000000014", pieces=12, is_demo=True)
    said = bundle(passport)["credential"]["credentialSubject"]
    assert (said["gtin"], said["batchSize"], said["demo"]) == ("06260000000014", 12, True)
    assert state(passport) is State.VALID


def test_an_origin_that_lapsed_is_not_said_any_more(passport, kilim):
    type(kilim).objects.filter(pk=kilim.pk).update(domestic_until="2026-11-21")
    said = bundle(passport)["credential"]["credentialSubject"]
    assert not {"country", "originBasis"} & set(said)
    assert state(passport) is State.VALID


def test_each_change_of_force_is_a_state_of_its_own(passports):
    first, second, third = passports
    suspend(passport=first, because="a doubt")
    revoke(passport=second, because="copied")
    void_label(passport=third, because="torn")
    assert [state(one) for one in passports] == [State.SUSPENDED, State.REVOKED, State.REVOKED]
    reinstate(passport=first, because="cleared")
    assert [state(one) for one in passports] == [State.VALID, State.REVOKED, State.REVOKED]


def test_a_passport_past_its_last_day_is_expired(passport):
    Passport.objects.filter(pk=passport.pk).update(valid_until="2026-11-30")
    assert state(passport, datetime(2026, 11, 30, 20, 29, 59, tzinfo=UTC)) is State.VALID
    assert state(passport, datetime(2026, 11, 30, 20, 30, tzinfo=UTC)) is State.EXPIRED


def test_a_list_is_stale_after_a_day(passport):
    old = bundle(passport)
    assert verify_bundle(old | {"now": "2026-11-23T12:00:00Z"}).state is State.VALID
    assert verify_bundle(old | {"now": "2026-11-23T12:00:01Z"}).state is State.LIST_STALE


def test_an_issuer_of_another_site_is_not_ours(passport, settings):
    settings.SITE_URL = "https://elsewhere.example"
    foreign = bundle(passport)
    assert verify_bundle(foreign).is_valid
    assert verify_bundle(foreign | {"trustedIssuers": ["did:web:rasteh.example"]}).state is State.UNTRUSTED_ISSUER


def test_places_of_the_second_list_are_counted_from_its_start(passports):
    Passport.objects.filter(pk=passports[0].pk).update(status_index=LIST_LENGTH + 5, revoked_on="2026-11-22")
    second, first = unsigned_list("revocation-1", now=NOW), unsigned_list("revocation-0", now=NOW)
    assert second
    assert first
    bits = decode(second["credentialSubject"]["encodedList"])
    assert (len(bits) * 8, is_set(bits, 5), sum(map(int.bit_count, bits))) == (MINIMUM, True, 1)
    assert sum(map(int.bit_count, decode(first["credentialSubject"]["encodedList"]))) == 0
    assert second["validUntil"] == "2026-11-23T12:00:00Z"
    assert state(passports[0]) is State.REVOKED


@pytest.mark.parametrize(
    "name", ["revocation-1", "revocation-00", "revocation--1", "message-0", "revocation", "revocation-99999"]
)
def test_lists_that_do_not_exist(name, passport):
    assert unsigned_list(name, now=NOW) is None


def test_the_list_of_codes(passports):
    assert printed("credential_bundle", "--list").split() == [one.code for one in passports]


@pytest.mark.parametrize("form", ["{0}", "{1}", "https://rasteh.example/v/{0}"])
def test_a_bundle_made_by_command_is_checked_by_command(passport, form, tmp_path):
    code = form.format(passport.code, in_groups(passport.code))
    file = tmp_path / "bundle.json"
    file.write_text(printed("credential_bundle", code))
    assert set(json.loads(file.read_text())) == {
        *("credential", "didDocuments", "statusListCredentials", "contexts", "trustedIssuers", "now"),
    }
    assert printed("verify_credential", str(file)) == "valid\n"


def test_the_command_says_why_and_exits_1(passport, tmp_path):
    revoke(passport=passport, because="copied")
    file = tmp_path / "bundle.json"
    file.write_text(printed("credential_bundle", passport.code))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_credential", str(file), stdout=out)
    assert (ended.value.code, out.getvalue()) == (1, "revoked\n  The issuer has revoked this credential.\n")


def test_names_that_stand_twice_are_found_by_the_command(passport, tmp_path):
    file, out = tmp_path / "bundle.json", StringIO()
    text = printed("credential_bundle", passport.code)
    file.write_text(text.replace('"serial":', '"serial": "1405-999999", "serial":', 1))
    with pytest.raises(SystemExit):
        call_command("verify_credential", str(file), stdout=out)
    assert out.getvalue().startswith("duplicate_keys\n")


@pytest.mark.parametrize(
    "words", [("credential_bundle",), ("credential_bundle", "0" * 26), ("verify_credential", "/nowhere")]
)
def test_what_a_command_cannot_do_it_says(words, site):
    with pytest.raises(CommandError):
        call_command(*words)


def test_the_bundle_is_of_now_unless_told(passport):
    before = datetime.now(UTC) - timedelta(seconds=2)
    made = bundle_of(for_credentials().get(pk=passport.pk))
    assert before <= datetime.fromisoformat(made["now"]) <= datetime.now(UTC)
