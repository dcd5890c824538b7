"""Sample newcomers: one whose joining an officer returned, one whose joining waits; made once."""

import pytest

from marketplace.demo.joining import make_joinings
from marketplace.joining.models import Joining
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from tests.demo.test_matters import demo, demo_once  # noqa: F401


@pytest.mark.usefixtures("demo")
def test_one_was_returned_and_one_waits():
    states = dict(Maker.objects.exclude(state="active").values_list("slug", "state"))
    assert states == {"sample-newcomer": "returned", "sample-applicant": "waiting"}
    assert set(Joining.objects.get(maker__slug="sample-newcomer").returned) == {"pictures", "identity"}
    waiting = Matter.objects.waiting().filter(kind="joining")
    assert list(waiting.values_list("maker__slug", "is_demo")) == [("sample-applicant", True)]


@pytest.mark.usefixtures("demo")
def test_they_are_made_once():
    assert (make_joinings(), Joining.objects.count()) == (0, 2)
