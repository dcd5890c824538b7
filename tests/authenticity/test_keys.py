"""The issuer's keys, and the drill of authenticity/KEYS.md walked step by step."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from authenticity.credentials.documents import stamp
from authenticity.credentials.multibase import public_of
from authenticity.credentials.proof import sign
from authenticity.credentials.verdict import State
from authenticity.credentials.verifier import verify_bundle
from authenticity.issuing import bundle_of, for_credentials, issuer, issuer_document
from authenticity.keys import LOG, current_key, mark_lost, public_keys, rotate_key, secret_of
from authenticity.models import IssuerKey
from marketplace.core import chain
from marketplace.core.models import LogEntry

pytestmark = pytest.mark.django_db


def rotate(*words: str) -> str:
    out = StringIO()
    call_command("rotate_issuer_key", *words, stdout=out)
    return out.getvalue()


def test_the_first_key_is_made_when_it_is_asked_for():
    key = current_key()
    assert current_key() == key
    assert secret_of(key).public_key().public_bytes_raw() == public_of(key.public)


def test_the_secret_is_stored_locked(settings):
    key = current_key()
    raw = secret_of(key).private_bytes_raw()
    assert raw.hex() not in key.locked_secret
    settings.CREDENTIAL_KEY_SECRET = "another"
    with pytest.raises(ImproperlyConfigured, match=r"authenticity/KEYS\.md"):
        secret_of(key)


def test_rotation_erases_the_old_secret_and_keeps_the_public_half():
    old, new = current_key(), rotate_key()
    old.refresh_from_db()
    assert (old.locked_secret, old.retired_at is not None, old.lost_at) == ("", True, None)
    assert current_key() == new
    assert [one.public for one in public_keys()] == [public_of(new.public), public_of(old.public)]
    assert len(issuer_document()["assertionMethod"]) == 2


def test_two_current_keys_are_refused_by_the_database():
    current_key()
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuerKey.objects.create(public="z6Mk", locked_secret="x", created_at=timezone.now())
    assert IssuerKey.objects.count() == 1


def test_every_change_is_a_line_of_the_log():
    key = current_key()
    rotate_key(lost_at=datetime(2026, 11, 1, tzinfo=UTC))
    told = list(LogEntry.objects.filter(chain=LOG).order_by("number").values_list("kind", "body"))
    assert [kind for kind, _body in told] == ["made", "retired", "lost", "made"]
    assert told[2][1] == {"key": key.public, "since": "2026-11-01T00:00:00Z", "distrusted": False}
    assert chain.first_broken(LOG) is None


def test_an_earlier_loss_wins():
    key = current_key()
    rotate_key(lost_at=datetime(2026, 11, 1, tzinfo=UTC))
    key.refresh_from_db()
    mark_lost(key, lost_at=datetime(2026, 11, 9, tzinfo=UTC))
    assert key.lost_at == datetime(2026, 11, 1, tzinfo=UTC)
    mark_lost(key, lost_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert key.lost_at == datetime(2026, 10, 1, tzinfo=UTC)


class TestDrill:
    """authenticity/KEYS.md: a laptop with a copy of the database and the secret is gone since 10:00, it is noticed at 12:00."""

    @pytest.fixture
    def before(self, passport):
        """A bundle a buyer saved an hour before the loss."""
        return bundle_of(for_credentials().get(pk=passport.pk), now=self.gone - timedelta(hours=1))

    @pytest.fixture
    def thief(self, before):
        """The stolen secret."""
        return secret_of(current_key())

    @property
    def gone(self) -> datetime:
        return timezone.now().replace(microsecond=0) - timedelta(hours=2)

    def forged(self, before: dict, secret, created: datetime) -> dict:
        """What the thief signs: another serial, in our name, with our key."""
        old = {name: value for name, value in before["credential"].items() if name != "proof"}
        said = old | {"credentialSubject": old["credentialSubject"] | {"serial": "1405-999999"}}
        method = before["credential"]["proof"]["verificationMethod"]
        return before | {"credential": sign(said, key=secret, method=method, created=stamp(created))}

    def under(self, bundle: dict, passport) -> State:
        """Its state for a verifier that has the DID document and the lists of today, fetched anew."""
        fresh = bundle_of(for_credentials().get(pk=passport.pk))
        shared = ("didDocuments", "statusListCredentials", "contexts", "now")
        return verify_bundle(bundle | {name: fresh[name] for name in shared}).state

    def test_before_anything_is_done_the_forgery_passes(self, before, thief, passport):
        assert self.under(self.forged(before, thief, timezone.now()), passport) is State.VALID

    def test_after_the_drill_it_is_refused_and_what_was_honest_holds(self, before, thief, passport):
        forged = self.forged(before, thief, timezone.now())
        lost = current_key()
        assert rotate("--lost-since", self.gone.isoformat()) == f"Signing with {current_key().public} from now on.\n"
        # 1. what the thief signed since is refused
        assert self.under(forged, passport) is State.KEY_LOST
        # 2. what was signed before the loss still verifies
        assert self.under(before, passport) is State.VALID
        # 3. whoever fetches a credential now gets one of the new key; nothing has to be sent around
        fresh = bundle_of(for_credentials().get(pk=passport.pk))
        assert fresh["credential"]["proof"]["verificationMethod"] == f"{issuer()}#{current_key().public}"
        assert verify_bundle(fresh).is_valid
        # 4. the lost key stays in the DID document, with its end
        methods = {one["publicKeyMultibase"]: one for one in issuer_document()["verificationMethod"]}
        assert methods[lost.public]["revoked"] == stamp(IssuerKey.objects.get(pk=lost.pk).lost_at)
        assert "revoked" not in methods[current_key().public]

    def test_a_thief_who_dates_back_is_met_by_distrust(self, before, thief, passport):
        """A signature's time is what its maker wrote: against that only distrust helps, and then saved copies are fetched anew."""
        forged = self.forged(before, thief, self.gone - timedelta(minutes=30))
        lost = current_key().public
        rotate("--lost-since", self.gone.isoformat())
        assert self.under(forged, passport) is State.VALID
        assert rotate("--distrust", "--key", lost) == f"Said of {lost}.\n"
        assert self.under(forged, passport) is State.KEY_NOT_FOR_ASSERTION
        assert self.under(before, passport) is State.KEY_NOT_FOR_ASSERTION
        assert verify_bundle(bundle_of(for_credentials().get(pk=passport.pk))).is_valid

    def test_a_secret_that_opens_nothing_is_answered_by_rotating(self, before, passport, settings):
        settings.CREDENTIAL_KEY_SECRET = "the old value is gone"
        with pytest.raises(ImproperlyConfigured):
            bundle_of(for_credentials().get(pk=passport.pk))
        rotate()
        assert verify_bundle(bundle_of(for_credentials().get(pk=passport.pk))).is_valid
        assert self.under(before, passport) is State.VALID


@pytest.mark.parametrize(
    "words",
    [
        ("--lost-since", "yesterday"),
        ("--lost-since", "2026-11-01T00:00:00"),
        ("--lost-since", "2999-01-01T00:00:00Z"),
        ("--key", "z6MkNobody", "--distrust"),
    ],
)
def test_a_rotation_that_was_told_wrongly_changes_nothing(words):
    key = current_key()
    with pytest.raises(CommandError):
        rotate(*words)
    assert [one.public for one in IssuerKey.objects.filter(retired_at=None)] == [key.public]
    assert IssuerKey.objects.count() == 1


def test_a_retired_key_is_not_marked_without_saying_how():
    old = current_key()
    rotate_key()
    with pytest.raises(CommandError):
        rotate("--key", old.public)
    old.refresh_from_db()
    assert (old.lost_at, old.distrusted_at) == (None, None)
