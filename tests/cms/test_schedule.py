"""A date that was approved in term stands when the term is over; a date that nobody approved publishes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models import CityPage
from cms.schedule import publish_due
from marketplace.core import clock, jobs
from marketplace.core.clock import TEHRAN
from tests.cms.test_rights import city_form, edit_of, pages, signed_in  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    UNTIL,
    appoint,
    editor,
    eligibility,
    person,
    ravar,
    secretariat,
    secretary,
)

IN_TIME = timezone.now() + timedelta(days=3)


def with_date(page: CityPage, action: str) -> dict:
    """The form of the page, to go live in three days."""
    return city_form(page, **{"go_live_at": f"{IN_TIME.astimezone(TEHRAN):%Y-%m-%d %H:%M}", f"action-{action}": "1"})


def make_due() -> None:
    """The day has come."""
    gone = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(content__go_live_at__isnull=False):
        revision.content["go_live_at"] = gone.isoformat()
        revision.approved_go_live_at = gone if revision.approved_go_live_at else None
        revision.save(update_fields=["content", "approved_go_live_at"])
    Page.objects.filter(go_live_at__isnull=False).update(go_live_at=gone)


def lead_of(page: Page) -> str:
    return CityPage.objects.get(pk=page.pk).lead


@pytest.fixture
def lapsed(pages, secretary):  # noqa: F811
    """The secretary approved a date and is out of office since."""
    mine, _other = pages
    answer = signed_in(secretary).post(edit_of(mine), with_date(mine, "publish"))
    assert answer.status_code == 302
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    assert lead_of(mine) == "شهر قالی"
    clock.set_today(UNTIL.replace(day=UNTIL.day + 1))
    return mine, revision


def test_a_date_that_was_approved_in_term_stands(lapsed):
    mine, _revision = lapsed
    publish_due()
    assert lead_of(mine) == "شهر قالی"  # not yet
    make_due()
    publish_due()
    assert lead_of(mine) == "پیش‌نویس"


def test_a_date_that_an_editor_wrote_publishes_nothing(pages, editor):  # noqa: F811
    mine, _other = pages
    for action in ("publish", "submit"):
        signed_in(editor).post(edit_of(mine), with_date(mine, action))
    make_due()
    publish_due()
    assert (lead_of(mine), Revision.objects.filter(approved_go_live_at__isnull=False).count()) == ("شهر قالی", 0)


def test_a_lapsed_secretary_takes_no_date_back_and_sets_none(lapsed, secretary):  # noqa: F811
    mine, revision = lapsed
    away = signed_in(secretary)
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[mine.pk, revision.pk])
    assert away.post(address).status_code == 302
    assert away.post(edit_of(mine), with_date(mine, "publish")).status_code == 302
    assert list(Revision.objects.filter(approved_go_live_at__isnull=False)) == [revision]


def test_the_next_secretary_takes_the_date_back(lapsed, secretariat):  # noqa: F811
    mine, revision = lapsed
    after = person("successor", 150)
    today = clock.today()
    appoint(secretariat, "secretary", after, since=today, until=today.replace(year=today.year + 2), decree_on=today)
    signed_in(after).post(reverse("wagtailadmin_pages:revisions_unschedule", args=[mine.pk, revision.pk]))
    make_due()
    publish_due()
    assert lead_of(mine) == "شهر قالی"


def test_the_worker_looks_every_minute():
    (job,) = [one for one in jobs.registered() if one.name == "pages whose day has come"]
    assert (job.seconds, job.run) == (60, publish_due)
