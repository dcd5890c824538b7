"""Tenant and manager hear of a lease's end, the tenant of late rent: once each."""

from datetime import timedelta

from marketplace.core.clock import set_today
from marketplace.core.models import Notice
from marketplace.rents.models import Rent
from marketplace.rents.reminders import remind_of_leases
from marketplace.rents.services import record_payment
from tests.stalls.floor import FIRST, LAST


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="lease").order_by("pk").values_list("text_en", flat=True))


def test_tenant_and_manager_hear_of_the_end(lease, artisan, manager):
    Rent.objects.update(amount_rial=0)
    set_today(LAST - timedelta(days=30))
    assert (remind_of_leases(), remind_of_leases()) == (2, 0)
    sentence = "The lease of stall 1 in Qaleh Mahmoud bazaar, held by Kilim workshop, ends on 21 November 2027."
    assert (told(artisan), told(manager)) == ([sentence], [sentence])
    links = [Notice.objects.get(user=user).link for user in (artisan, manager)]
    assert links == ["/desk/my-stalls/", f"/desk/leases/{lease.pk}/"]


def test_a_tenant_hears_of_late_rent_once(lease, artisan, manager):
    set_today(FIRST + timedelta(days=4))
    assert remind_of_leases() == 0
    set_today(FIRST + timedelta(days=5))
    assert (remind_of_leases(), remind_of_leases()) == (1, 0)
    assert told(artisan) == [
        "The rent of Azar 1405 for stall 1 in Qaleh Mahmoud bazaar was due on 26 November 2026 and is not paid."
    ]
    assert told(manager) == []


def test_paid_rent_reminds_nobody(lease, day):
    record_payment(rent=Rent.objects.get(), paid_on=day, way="cash")
    set_today(FIRST + timedelta(days=5))
    assert remind_of_leases() == 0
