"""Production stops with one sentence when something is missing."""

import os
import subprocess
import sys

import pytest

WHOLE = {
    "RASTEH_ENV": "production",
    "SECRET_KEY": "x" * 60,
    "CREDENTIAL_KEY_SECRET": "y" * 60,
    "ALLOWED_HOSTS": "rasteh.example",
    "SITE_URL": "https://rasteh.example",
    "DATABASE_URL": "postgres://rasteh@127.0.0.1/rasteh",
    "PAYMENT_GATEWAY": "zarinpal",
    "ZARINPAL_MERCHANT_ID": "00000000-0000-0000-0000-000000000000",
}


def start(environment: dict[str, str], tmp_path) -> subprocess.CompletedProcess:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import marketplace.settings"],
        env=clean | {"RASTEH_VAR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
    )


def test_a_whole_environment_starts(tmp_path):
    assert start(WHOLE, tmp_path).returncode == 0


@pytest.mark.parametrize(
    "missing",
    ["SECRET_KEY", "CREDENTIAL_KEY_SECRET", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "PAYMENT_GATEWAY"],
)
def test_production_names_what_is_missing(missing, tmp_path):
    stopped = start({name: value for name, value in WHOLE.items() if name != missing}, tmp_path)
    assert stopped.returncode != 0
    assert (
        stopped.stderr.strip().splitlines()[-1].split("ImproperlyConfigured: ")[1].startswith(f"{missing} is not set: ")
    )


def test_an_unknown_kind_of_machine_is_refused(tmp_path):
    stopped = start(WHOLE | {"RASTEH_ENV": "prod"}, tmp_path)
    assert "RASTEH_ENV must be demo, production or test." in stopped.stderr
