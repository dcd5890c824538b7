"""The demo's secretariat of Ravar says of itself that it is one, and a second run changes nothing."""

from marketplace.demo.accounts import RAVAR_EDITOR, RAVAR_SECRETARY, make_accounts, user_of
from marketplace.demo.secretariats import make_secretariats
from marketplace.secretariats import queries
from marketplace.secretariats.models import ReportVersion, Secretariat
from tests.cast import DAY
from tests.core.test_pictures import own_media  # noqa: F401
from tests.secretariats.people import ravar  # noqa: F401


def test_ravar_has_a_secretary_an_editor_and_a_sample_report(ravar, own_media):  # noqa: F811
    make_accounts()
    assert (make_secretariats(), make_secretariats()) == (3, 0)
    assert Secretariat.objects.get().is_demo
    held = {one.user: (one.role, one.is_demo) for one in Secretariat.objects.get().appointments.all()}
    assert held == {user_of(RAVAR_SECRETARY): ("secretary", True), user_of(RAVAR_EDITOR): ("editor", True)}
    assert ReportVersion.objects.get().content["en"]["demo"] == "Demo: made up to show the page, true of nobody."
    assert queries.may_report(user_of(RAVAR_EDITOR), on=DAY) == []


def test_without_ravar_nothing_is_made(day):
    make_accounts()
    assert (make_secretariats(), Secretariat.objects.count()) == (0, 0)
