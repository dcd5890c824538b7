"""Officers enter the tables; every work is then asked about again."""

import pytest
from django.urls import reverse

from marketplace.core.models import OutboxEvent, User
from marketplace.demo.accounts import OFFICER, make_accounts
from marketplace.suspicion.inquiry import ASK_ALL
from marketplace.suspicion.models import BrandName, LabourFloor


@pytest.fixture
def at_desk(client, day):
    """The demo's officer, signed in."""
    make_accounts()
    client.force_login(User.objects.get(username=OFFICER.username))
    return client


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def test_an_officer_enters_a_labour_floor(at_desk, flatweave):
    answer = at_desk.post(
        reverse("admin:suspicion_labourfloor_add"),
        {"craft_group": flatweave.pk, "rial_per_hour": "900000", "since": "2026-11-01", "source": "نمونه"},
    )
    assert answer.status_code == 302
    assert LabourFloor.objects.get().rial_per_hour == 900_000
    assert OutboxEvent.objects.filter(topic=ASK_ALL).exists()


def test_a_floor_of_nothing_is_refused(at_desk):
    answer = at_desk.post(
        reverse("admin:suspicion_labourfloor_add"), {"rial_per_hour": "0", "since": "2026-11-01", "source": "-"}
    )
    assert answer.status_code == 200
    assert not LabourFloor.objects.exists()
    assert not OutboxEvent.objects.filter(topic=ASK_ALL).exists()


def test_an_officer_enters_a_brand_and_cannot_delete_it(at_desk):
    answer = at_desk.post(
        reverse("admin:suspicion_brandname_add"), {"name": "Samplebrand", "note": "-", "since": "2026-11-01"}
    )
    assert answer.status_code == 302
    brand = BrandName.objects.get()
    assert at_desk.post(reverse("admin:suspicion_brandname_delete", args=[brand.pk])).status_code == 403
    assert BrandName.objects.exists()


def test_no_figure_and_no_brand_comes_with_the_program(day):
    assert not LabourFloor.objects.exists()
    assert not BrandName.objects.exists()


def test_a_maker_sees_none_of_it(client, artisan):
    client.force_login(artisan)
    assert client.get(reverse("admin:suspicion_brandname_changelist")).status_code in (302, 403)
