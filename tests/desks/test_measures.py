"""A manager's findings and measures, the tenant's appeal, the officer's page; another venue's do not exist."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.matters.models import Matter
from marketplace.rounds.models import Finding, Measure
from marketplace.rounds.services import appeal, mended, note_finding, warn
from tests.rounds.ladder import after, closure, finding, grave, warning  # noqa: F401
from tests.stalls.floor import lease, next_stall, stall  # noqa: F401


@pytest.fixture
def at_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


def kinds() -> list[str]:
    return list(Measure.objects.order_by("pk").values_list("kind", flat=True))


def test_a_finding_is_written_warned_of_and_mended(at_desk, lease):  # noqa: F811
    address = f"/en/desk/leases/{lease.pk}/measures/"
    assert "Nothing was found at this stall yet." in at_desk.get(address).content.decode()
    there = at_desk.post(address, {"about": "prices", "text": "سه گلیم بی برچسب"})["Location"]
    found = Finding.objects.get()
    assert there == f"/en/desk/findings/{found.pk}/"
    assert "سه گلیم بی برچسب" in at_desk.get(there).content.decode()
    answer = at_desk.post(f"{there}warn/", {"must_mend": "برچسب بزنید", "days": "۷"})
    one = Measure.objects.get()
    assert (answer["Location"], one.must_mend) == (f"/en/desk/measures/{one.pk}/", "برچسب بزنید")
    page = at_desk.get(answer["Location"]).content.decode()
    assert ("to be mended" in page, "Close the stall" in page) == (True, False)
    at_desk.post(f"/en/desk/measures/{one.pk}/mended/", {"text": ""})
    assert kinds() == ["warning", "mended"]
    assert ">mended<" in at_desk.get(address).content.decode()


def test_a_stall_is_closed_when_the_days_are_over_and_lifted(at_desk, warning, lease):  # noqa: F811
    after(8)
    page = f"/en/desk/measures/{warning.pk}/"
    assert "days to mend are over" in at_desk.get(page).content.decode()
    told = {"starts_on": "۱۴۰۵/۹/۹", "ends_on": "۱۴۰۵/۹/۱۰", "because": "برچسب نزد"}
    there = at_desk.post(f"{page}close/", told)["Location"]
    shut = Measure.objects.get(kind="closure")
    assert (there, str(shut.starts_on), str(shut.ends_on)) == (
        f"/en/desk/measures/{shut.pk}/",
        "2026-11-30",
        "2026-12-01",
    )
    assert at_desk.post(f"{there}lift/", {"because": ""}).status_code == 422
    assert at_desk.post(f"{there}lift/", {"because": "برطرف شد"}).status_code == 302
    assert kinds() == ["warning", "closure", "lifting"]
    assert "led to a closure" in at_desk.get(page).content.decode()


def test_a_grave_finding_offers_a_closure_at_once(at_desk, grave, finding):  # noqa: F811
    assert "Close the stall at once" in at_desk.get(f"/en/desk/findings/{grave.pk}/").content.decode()
    assert "Close the stall at once" not in at_desk.get(f"/en/desk/findings/{finding.pk}/").content.decode()
    told = {"starts_on": "۱۴۰۵/۹/۱", "ends_on": "۱۴۰۵/۹/۷", "because": "کالای خارجی"}
    assert at_desk.post(f"/en/desk/findings/{finding.pk}/close/", told).status_code == 422
    assert kinds() == []
    assert at_desk.post(f"/en/desk/findings/{grave.pk}/close/", told).status_code == 302
    assert kinds() == ["closure"]


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("leases/{lease}/measures/", {"text": "نوشته"}),
        ("findings/{finding}/warn/", {"must_mend": "نوشته", "days": "۹۹"}),
        ("findings/{finding}/warn/", {"must_mend": "", "days": "۹۹"}),
        ("findings/{finding}/close/", {"because": "نوشته", "starts_on": "دیروز"}),
        ("measures/{warning}/close/", {"because": "نوشته", "starts_on": "۱۴۰۵/۹/۱", "ends_on": "۱۴۰۵/۹/۲"}),
    ],
)
def test_a_form_sent_wrong_keeps_what_was_typed(path, typed, at_desk, lease, warning, grave):  # noqa: F811
    address = path.format(lease=lease.pk, finding=grave.pk, warning=warning.pk)
    answer = at_desk.post(f"/en/desk/{address}", typed)
    html = answer.content.decode()
    assert (answer.status_code, "form-errors" in html) == (422, True)
    assert all(value in html for value in typed.values())
    assert (kinds(), Finding.objects.count()) == (["warning"], 2)


def test_the_tenant_reads_the_measure_and_appeals(client, artisan, closure, officer, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(artisan)
    html = client.get("/en/desk/my-stalls/").content.decode()
    assert f"/en/desk/measures/{closure.pk}/" in html
    page = f"/en/desk/measures/{closure.pk}/"
    html = client.get(page).content.decode()
    assert ("Send the appeal" in html, "Lift the closure" in html) == (True, False)
    assert client.post(f"{page}appeal/", {"text": " "}).status_code == 422
    assert client.post(f"{page}appeal/", {"text": "کالا ایرانی است"}).status_code == 302
    assert "Send the appeal" not in client.get(page).content.decode()
    client.force_login(officer)
    matter = Matter.objects.get()
    html = client.get(f"/en/desk/officer/{matter.pk}/").content.decode()
    assert ("کالا ایرانی است" in html, "دو قالیچهٔ ماشینی خارجی" in html) == (True, True)
    client.post(f"/en/desk/officer/{matter.pk}/decide/", {"decide-decision": "lifted", "decide-reason": "مدارک"})
    assert kinds() == ["closure", "appeal", "lifting", "decision"]


def test_the_tenants_forms_take_no_managers_step(client, artisan, warning, closure):  # noqa: F811
    client.force_login(artisan)
    told = {"text": "x", "because": "x", "starts_on": "۱۴۰۵/۹/۱", "ends_on": "۱۴۰۵/۹/۲"}
    before = kinds()
    for address in (f"{warning.pk}/mended", f"{warning.pk}/close", f"{closure.pk}/lift"):
        assert client.post(f"/en/desk/measures/{address}/", told).status_code == 422
    assert kinds() == before


@pytest.fixture
def other_manager(free_shop, other_artisan):
    """The manager of another venue."""
    free_shop.managers.add(other_artisan)
    return other_artisan


@pytest.mark.parametrize("who", ["other_manager", "buyer", "officer"])
def test_anothers_measures_do_not_exist(who, client, warning, closure, lease, other_manager, request):  # noqa: F811
    client.force_login(request.getfixturevalue(who))
    told = {"about": "prices", "text": "x", "must_mend": "x", "days": "7", "because": "x"}
    told |= {"starts_on": "۱۴۰۵/۹/۱", "ends_on": "۱۴۰۵/۹/۲", "lease": lease.pk, "by": lease.pk}
    before = (kinds(), Finding.objects.count())
    pages = [f"leases/{lease.pk}/measures/"]
    pages += [f"findings/{warning.finding_id}/{end}" for end in ("", "warn/", "close/")]
    pages += [f"measures/{closure.pk}/{end}" for end in ("", "mended/", "close/", "lift/", "appeal/")]
    for page in pages:
        assert client.get(f"/desk/{page}").status_code in (404, 405), page
        assert client.post(f"/desk/{page}", told).status_code in (404, 405), page
    assert (kinds(), Finding.objects.count()) == before


def test_a_tenant_reads_no_findings_of_the_desk(client, artisan, finding, lease):  # noqa: F811
    client.force_login(artisan)
    for page in (f"findings/{finding.pk}/", f"leases/{lease.pk}/measures/"):
        assert client.get(f"/desk/{page}").status_code == 404


def test_the_pages_cost_the_same_for_few_and_for_many(at_desk, lease, manager, warning, artisan):  # noqa: F811
    appeal(measure=warning, by=artisan, text="x")
    pages = [
        f"/desk/leases/{lease.pk}/measures/",
        f"/desk/measures/{warning.pk}/",
        f"/desk/findings/{warning.finding_id}/",
    ]
    costs = []
    for page in pages:
        at_desk.get(page)
        with _counted() as count:
            at_desk.get(page)
        costs.append(count.total)
    for nth in range(8):
        found = note_finding(lease=lease, about="clean", text=f"x{nth}", by=manager)
        mended(warning=warn(finding=found, must_mend="x", days=7, by=manager), by=manager)
    for page, cost in zip(pages, costs, strict=True):
        with _counted() as count:
            at_desk.get(page)
        assert count.total == cost <= 20, page


class _counted:
    """How many queries ran inside."""

    def __enter__(self):
        self.capture = CaptureQueriesContext(connection).__enter__()
        return self

    def __exit__(self, *error):
        self.capture.__exit__(*error)
        self.total = len(self.capture)


def test_my_stalls_cost_the_same_with_many_measures(client, artisan, lease, manager, warning):  # noqa: F811
    client.force_login(artisan)
    appeal(measure=warning, by=artisan, text="x")
    client.get("/desk/my-stalls/")
    with _counted() as few:
        client.get("/desk/my-stalls/")
    for _nth in range(6):
        found = note_finding(lease=lease, about="clean", text="x", by=manager)
        appeal(measure=warn(finding=found, must_mend="x", days=7, by=manager), by=artisan, text="x")
    client.get("/desk/my-stalls/")
    with _counted() as many:
        client.get("/desk/my-stalls/")
    assert many.total == few.total <= 20
