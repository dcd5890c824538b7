"""The issuer's keys: made, locked, rotated, lost. The drill for a lost key is written in authenticity/KEYS.md.

Guarantees: one key is current at any time; a retired key's secret is gone; no public half is ever removed; each change is a line of
the public log.
"""

import base64
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.utils import timezone

from authenticity.credentials.documents import IssuerPublicKey, stamp
from authenticity.credentials.multibase import multikey_of, public_of
from authenticity.models import IssuerKey
from marketplace.core import chain

LOG = "issuer-keys"


def _lock() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"issuer keys, version 1").derive(
        settings.CREDENTIAL_KEY_SECRET.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def current_key() -> IssuerKey:
    """The key that signs now; the first one is made when it is first asked for."""
    key = IssuerKey.objects.filter(retired_at=None).first()
    if key is not None:
        return key
    try:
        return _make()
    except IntegrityError:  # another process made it in between
        return IssuerKey.objects.get(retired_at=None)


@transaction.atomic
def _make() -> IssuerKey:
    secret = Ed25519PrivateKey.generate()
    key = IssuerKey.objects.create(
        public=multikey_of(secret.public_key().public_bytes_raw()),
        locked_secret=_lock().encrypt(secret.private_bytes_raw()).decode(),
        created_at=timezone.now(),
    )
    chain.append(chain=LOG, kind="made", body={"key": key.public})
    return key


def secret_of(key: IssuerKey) -> Ed25519PrivateKey:
    """The secret half. Raises ImproperlyConfigured when CREDENTIAL_KEY_SECRET is not the one it was locked with."""
    try:
        return Ed25519PrivateKey.from_private_bytes(_lock().decrypt(key.locked_secret))
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "CREDENTIAL_KEY_SECRET does not open the issuer's key: bring the old value back, or follow authenticity/KEYS.md."
        ) from error


@transaction.atomic
def rotate_key(*, lost_at: datetime | None = None, is_distrusted: bool = False) -> IssuerKey:
    """Retire the current key, erase its secret, make another. The old secret is not needed, so this also works when it is lost.

    `lost_at` (with a zone, not in the future) when it may have left our hands: what it signed since does not count.
    """
    old = IssuerKey.objects.select_for_update().filter(retired_at=None).first()
    if old is not None:
        old.retired_at, old.locked_secret = timezone.now(), ""
        old.save(update_fields=["retired_at", "locked_secret"])
        chain.append(chain=LOG, kind="retired", body={"key": old.public})
        if lost_at is not None or is_distrusted:
            mark_lost(old, lost_at=lost_at, is_distrusted=is_distrusted)
    return _make()


@transaction.atomic
def mark_lost(key: IssuerKey, *, lost_at: datetime | None, is_distrusted: bool = False) -> None:
    """Say of a retired key since when it does not count; an earlier moment wins over a later one."""
    if lost_at is not None:
        key.lost_at = min(lost_at, key.lost_at or lost_at)
    if is_distrusted:
        key.distrusted_at = key.distrusted_at or timezone.now()
    key.save(update_fields=["lost_at", "distrusted_at"])
    since = stamp(key.lost_at) if key.lost_at else None
    chain.append(chain=LOG, kind="lost", body={"key": key.public, "since": since, "distrusted": is_distrusted})


def public_keys() -> list[IssuerPublicKey]:
    """Every key there ever was, the newest first."""
    return [
        IssuerPublicKey(public_of(key.public), lost_at=key.lost_at, is_distrusted=key.distrusted_at is not None)
        for key in IssuerKey.objects.all()
    ]
