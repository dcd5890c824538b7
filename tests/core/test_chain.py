"""The log only grows, and a broken link is found and named by the command."""

import pytest
from django.core.management import call_command
from django.db import connection

from marketplace.core import chain, dbrules
from marketplace.core.models import ChainHead, LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    for number in range(3):
        chain.append(chain="seals", kind="granted", body={"n": number})
    chain.append(chain="passports", kind="issued", body={"n": 9})


@pytest.fixture
def _unguarded():
    """As for somebody who dropped the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            dbrules.uninstall()
        else:
            cursor.execute("ALTER TABLE core_logentry DISABLE TRIGGER USER")


def verify(capsys) -> tuple[int, str]:
    try:
        call_command("verify_log")
    except SystemExit as ended:
        return int(ended.code or 0), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_whole_logs(three, capsys):
    assert verify(capsys) == (0, "passports: 1 lines, whole\nseals: 3 lines, whole\n")


@pytest.mark.usefixtures("_unguarded")
@pytest.mark.parametrize(
    ("tamper", "line"),
    [
        (lambda: LogEntry.objects.filter(chain="seals", number=2).update(body={"n": 7}), 2),
        (lambda: LogEntry.objects.filter(chain="seals", number=2).update(kind="revoked"), 2),
        (lambda: LogEntry.objects.filter(chain="seals", number=2).delete(), 2),
        (lambda: LogEntry.objects.filter(chain="seals", number=1).update(hash="0" * 64), 1),
        (lambda: LogEntry.objects.filter(chain="seals", number=3).delete(), 3),
    ],
)
def test_a_broken_link_is_found_and_named(three, capsys, tamper, line):
    tamper()
    code, said = verify(capsys)
    assert code == 1
    assert f"seals: {LogEntry.objects.filter(chain='seals').count()} lines, broken at line {line}" in said
    assert "passports: 1 lines, whole" in said


def test_the_head_knows_where_the_log_ends(three):
    assert ChainHead.objects.get(chain="seals").number == 3
