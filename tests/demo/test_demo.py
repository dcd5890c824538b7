"""The demo fills an empty market once, keeps every rule, and changes nothing when it is asked again."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from authenticity.models import Passport, SealGrant
from authenticity.passports import state_of
from authenticity.printing import quotas
from catalogue.models import Product, ProductImage
from marketplace.bazaars.models import Venue
from marketplace.core import clock
from marketplace.core.models import User
from marketplace.demo import pictures
from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.services import make_demo
from marketplace.desks.officer.seals import jurors
from marketplace.makers.models import ProductionLicence
from marketplace.matters.models import Matter
from marketplace.partner.models import StockRecord
from tests.cast import DAY
from tests.demo.rows import counts

WORKS = 120


@pytest.fixture(scope="module")
def demo_once(django_db_setup, django_db_blocker):
    """Filling takes seconds: once for this file, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        clock.set_today(DAY)
        make_demo(works=WORKS, pictures="none")
        yield
        clock.set_today(None)
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_once, day):
    """The filled market; what a test does to it is undone."""


def test_a_second_run_changes_nothing(demo):
    before = counts()
    works = list(Product.objects.order_by("pk").values())
    again = make_demo(works=WORKS, pictures="none")
    assert again.nothing
    assert counts() == before
    assert list(Product.objects.order_by("pk").values()) == works


def test_a_larger_demo_keeps_the_smaller_one(demo):
    first = set(Product.objects.values_list("pk", "upc"))
    assert make_demo(works=WORKS + 30, pictures="none").works == 30
    assert first < set(Product.objects.values_list("pk", "upc"))


def test_every_venue_that_is_named_or_licensed_is_bound(demo):
    bound = set(Venue.objects.bound_on(DAY).values_list("slug", flat=True))
    assert {"qaleh-mahmoud-bazaar", "sheikh-safi-al-din-handicraft-bazaar", "sample-tourism-centre-of-shiraz"} <= bound
    assert set(Venue.objects.exclude(slug__in=bound).values_list("slug", flat=True)) == {
        "bazaar-beside-imam-mosque-planned",
        "sample-unlicensed-shop-of-mashhad",
    }


def test_foreign_and_unproven_works_stand_in_no_bound_venue(demo):
    strangers = StockRecord.objects.exclude(product__origin_state="domestic")
    assert strangers.exists()
    assert not strangers.filter(venue__in=Venue.objects.bound_on(DAY)).exists()
    assert StockRecord.objects.filter(venue__in=Venue.objects.bound_on(DAY)).count() > 20


def test_origins_follow_from_licences(demo):
    assert Counter(Product.objects.values_list("origin_state", flat=True)).keys() == {"domestic", "unproven", "foreign"}
    for work in Product.objects.filter(origin_state="domestic").select_related("maker", "craft"):
        assert work.maker.licences.valid_on(DAY).filter(craft_group=work.craft.group_id).exists()


def test_licences_carry_numbers_that_no_office_gave(demo):
    assert ProductionLicence.objects.count() > 60
    assert not ProductionLicence.objects.exclude(number__startswith="نمونه-").exists()
    assert not ProductionLicence.objects.filter(is_demo=False).exists()


def test_twenty_seals_of_which_sixteen_are_in_force(demo):
    assert SealGrant.objects.count() == 20
    assert SealGrant.objects.valid_on(DAY).count() == 16
    assert SealGrant.objects.filter(revoked_on__isnull=False).count() == 2
    past = SealGrant.objects.filter(valid_until__lt=DAY)
    assert set(past.values_list("scheme__slug", flat=True)) == {"unesco-seal-of-authenticity"}
    assert past.count() == 2


def test_accounts_sign_in_with_the_passwords_that_are_printed(demo):
    out = StringIO()
    call_command("demo", accounts_only=True, stdout=out)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.is_demo
        assert user.check_password(account.password)
        assert account.email in out.getvalue()
        assert account.password in out.getvalue()
    assert User.objects.get(username="artisan").maker.city.slug == "sirjan"
    assert User.objects.get(username="manager").venues.get().slug == "qaleh-mahmoud-bazaar"


def test_three_jurors_can_be_called_and_the_artisan_can_make_labels(demo):
    assert sorted(juror.username for juror in jurors()) == ["juror-1", "juror-2", "juror-3"]
    maker = User.objects.get(username="artisan").maker
    assert [quota.left > 0 for quota in quotas(maker, on=DAY)] == [True]


def test_sample_labels_stand_in_each_state_and_their_codes_are_printed(demo):
    labels = list(Passport.objects.order_by("pk"))
    assert [state_of(label, on=DAY).value for label in labels] == [
        *("valid", "not_activated", "not_activated", "suspended", "void", "valid"),
    ]
    assert {(label.is_demo, label.maker.owner.username) for label in labels} == {(True, "artisan")}
    assert all(label.owner is None for label in labels)
    out = StringIO()
    call_command("credential_bundle", list=True, stdout=out)
    assert out.getvalue().split() == [label.code for label in labels]


def test_production_refuses_the_demo_in_one_sentence(day, settings):
    settings.PRODUCTION = True
    before = counts()
    with pytest.raises(CommandError) as refusal:
        call_command("demo", works=10, pictures="none", stdout=StringIO())
    assert str(refusal.value) == "The demo has accounts with printed passwords and is never loaded in production."
    assert counts() == before


def test_the_day_after_nothing_is_added(demo):
    before = counts()
    clock.set_today(DAY.replace(day=DAY.day + 1))
    assert make_demo(works=WORKS, pictures="none").nothing
    assert counts() == before


@pytest.fixture
def drawn_here(monkeypatch, tmp_path, settings):
    """Pictures drawn small, in this process, into a folder of the test."""
    from marketplace.demo import drawing

    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": "/media/"},
        }
    }
    monkeypatch.setattr(drawing, "SIDE", 240)
    monkeypatch.setattr(
        pictures,
        "_drawn",
        lambda numbers: ((n, drawing.draw_and_store((n, pictures.plan_work(n).craft_en, "works"))) for n in numbers),
    )


def test_pictures_come_first_to_the_newest_and_to_sirjan(demo):
    early = pictures.early_numbers()
    sirjan = {
        pictures.number_of(upc) for upc in Product.objects.filter(city__slug="sirjan").values_list("upc", flat=True)
    }
    assert set(early) == sirjan | set(range(1, pictures.FIRST_NUMBERS + 1))
    assert pictures.bare_numbers()[: len(early)] == early


def test_a_picture_says_that_a_computer_drew_it(demo, drawn_here):
    assert pictures.draw_pictures([1]) == 1
    whole, detail = Product.objects.get(upc="demo-000001").images.order_by("display_order")
    assert whole.is_demo
    assert whole.alt_fa.endswith("تصویر رایانه‌ای")
    assert whole.alt_en.endswith("drawn by computer")
    assert detail.alt_en == f"Detail: {whole.alt_en}"
    assert 1 not in pictures.bare_numbers()


def test_a_work_that_has_pictures_gets_no_others(demo, drawn_here, tmp_path):
    pictures.draw_pictures([1])
    files = sorted(path.name for path in tmp_path.rglob("*.webp"))
    pictures.draw_pictures([1])
    assert ProductImage.objects.count() == 2
    assert sorted(path.name for path in tmp_path.rglob("*.webp")) == files


def test_works_beyond_the_first_six_hundred_show_the_files_of_others(demo, drawn_here):
    plan = pictures.plan_work(700)
    work = Product.objects.get(upc="demo-000001")
    Product.objects.filter(pk=work.pk).update(upc="demo-000700")
    source = Product.objects.exclude(pk=work.pk).first()
    Product.objects.filter(upc=f"demo-{plan.picture:06d}").update(upc=None)
    Product.objects.filter(pk=source.pk).update(upc=f"demo-{plan.picture:06d}")
    pictures.draw_pictures([plan.picture, 700])
    theirs = list(source.images.order_by("pk").values_list("original", "alt_fa"))
    assert list(work.images.order_by("pk").values_list("original", "alt_fa")) == theirs
    assert len(theirs) == 2


def test_a_doubt_and_a_label_that_may_be_copied_wait_for_an_officer(demo):
    waiting = Matter.objects.waiting().filter(kind__in=["doubt", "copied_label"], is_demo=True)
    assert sorted(waiting.values_list("kind", flat=True)) == ["copied_label", "doubt"]
