"""The cast: an artisan of Sirjan, a buyer, an exporter, a bazaar manager, a heritage officer; their works and venues."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from catalogue.models import Material, ProductLine
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.core import clock
from marketplace.core.models import User
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.listing.licences import record_licence_event
from marketplace.listing.origins import register_import_permit
from marketplace.listing.services import create_work
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.places.models import City, Province

#: Every test lives on this day unless it moves the clock.
DAY = date(2026, 11, 22)
PASSWORD = "kilim-of-sirjan-9"


@pytest.fixture
def day(db):
    """The market's day, held still here and in the database."""
    clock.set_today(DAY)
    yield DAY
    clock.set_today(None)


def _user(name: str, mobile: str, **more) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, mobile=mobile, **more)


@pytest.fixture
def kerman_province(day):
    return Province.objects.create(
        slug="kerman", code="IR-08", name_fa="کرمان", name_en="Kerman", latitude="30.280", longitude="57.080"
    )


@pytest.fixture
def sirjan(kerman_province):
    return City.objects.create(
        slug="sirjan",
        name_fa="سیرجان",
        name_en="Sirjan",
        province=kerman_province,
        rank="world",
        rank_year=1396,
        craft_fa="گلیم‌بافی",
        craft_en="Kilim (gelim)",
        latitude="29.450",
        longitude="55.680",
    )


@pytest.fixture
def kerman(kerman_province):
    return City.objects.create(
        slug="kerman-city", name_fa="کرمان", name_en="Kerman", province=kerman_province, rank="national", rank_year=1400
    )


@pytest.fixture
def flatweave(day):
    return CraftGroup.objects.create(slug="flatweave", name_fa="بافته‌های داری", name_en="Loom weaves", position=1)


@pytest.fixture
def metal(day):
    return CraftGroup.objects.create(slug="metal", name_fa="آثار فلزی", name_en="Metalwork", position=2)


@pytest.fixture
def kilim_craft(flatweave):
    return Craft.objects.create(slug="kilim", name_fa="گلیم‌بافی", name_en="Kilim weaving", group=flatweave)


@pytest.fixture
def copper_craft(metal):
    return Craft.objects.create(slug="copper", name_fa="مسگری", name_en="Coppersmithing", group=metal)


@pytest.fixture
def artisan(day):
    return _user("artisan", "+989131110001")


@pytest.fixture
def buyer(day):
    return _user("buyer", "+989131110002")


@pytest.fixture
def other_artisan(day):
    return _user("other-artisan", "+989131110006")


@pytest.fixture
def manager(day):
    return _user("manager", "+989131110004")


@pytest.fixture
def officer(day):
    user = _user("officer", "+989131110005", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="decide_matter"))
    return user


@pytest.fixture
def other_officer(day):
    """Another pair of eyes, for appeals."""
    user = _user("other-officer", "+989131110007", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="decide_matter"))
    return user


@pytest.fixture
def weaver(artisan, sirjan, kilim_craft):
    """The artisan's workshop, without a licence yet."""
    maker = Maker.objects.create(
        slug="weaver", name_fa="کارگاه گلیم", name_en="Kilim workshop", kind="home", city=sirjan, owner=artisan
    )
    maker.crafts.add(kilim_craft)
    return maker


@pytest.fixture
def licence(weaver, flatweave):
    """The weaver's production licence, in force for a year and more around the day."""
    return ProductionLicence.objects.create(
        maker=weaver, craft_group=flatweave, number="T-1", issued_on=date(2025, 6, 1), expires_on=date(2027, 6, 1)
    )


@pytest.fixture
def coppersmith(other_artisan, kerman, copper_craft):
    """Another maker, of Kerman, without a licence."""
    maker = Maker.objects.create(
        slug="coppersmith",
        name_fa="کارگاه مس",
        name_en="Copper workshop",
        kind="group",
        city=kerman,
        owner=other_artisan,
    )
    maker.crafts.add(copper_craft)
    return maker


@pytest.fixture
def wool(day):
    return Material.objects.create(slug="wool", name_fa="پشم دست‌ریس", name_en="Hand-spun wool")


@pytest.fixture
def kilim_line(weaver, kilim_craft):
    return ProductLine.objects.create(maker=weaver, craft=kilim_craft, name_fa="گلیم شیریکی", name_en="Shiriki kilims")


@pytest.fixture
def kilim(weaver, licence, kilim_craft, kilim_line):
    """A domestic work, offered in the workshop: 3 pieces at 180,000,000 rial."""
    return create_work(
        maker=weaver,
        craft=kilim_craft,
        title_fa="گلیم شیریکی‌پیچ",
        title_en="Shiriki-pich kilim",
        product_line=kilim_line,
        price_rial=180_000_000,
        pieces=3,
        one_of_a_kind=False,
        length_mm=1200,
        width_mm=800,
        weight_grams=3400,
    )


@pytest.fixture
def permit(coppersmith):
    """The coppersmith's import permit for goods of Turkey."""
    return register_import_permit(maker=coppersmith, number="G-1", country="TR", issued_on=date(2026, 3, 1))


@pytest.fixture
def foreign_tray(coppersmith, copper_craft, permit):
    """A foreign work, offered in the workshop under its label."""
    return create_work(
        maker=coppersmith,
        craft=copper_craft,
        title_fa="سینی مسی",
        title_en="Copper tray",
        origin_country="TR",
        import_permit=permit,
        price_rial=45_000_000,
        pieces=2,
        one_of_a_kind=False,
    )


@pytest.fixture
def unproven_tray(coppersmith, copper_craft):
    """A work said to be Iranian by a maker without a licence."""
    return create_work(
        maker=coppersmith,
        craft=copper_craft,
        title_fa="سینی قلم‌زنی",
        title_en="Chased tray",
        price_rial=50_000_000,
        pieces=2,
    )


@pytest.fixture
def bazaar(kerman, manager):
    """A bazaar bound since 2026-01-01, its licence good until 2028-01-01."""
    venue = Venue.objects.create(
        slug="qaleh-mahmoud", name_fa="بازار قلعه محمود", name_en="Qaleh Mahmoud bazaar", kind="bazaar", city=kerman
    )
    venue.managers.add(manager)
    licence = VenueLicence.objects.create(
        venue=venue,
        number="K-1",
        issuer_fa="اداره کل میراث فرهنگی کرمان",
        issued_on=date(2026, 1, 1),
        expires_on=date(2028, 1, 1),
    )
    record_licence_event(licence=licence, kind=LicenceEvent.Kind.GRANTED, on=date(2026, 1, 1))
    venue.refresh_from_db()
    return venue


@pytest.fixture
def free_shop(kerman):
    """A shop without a licence of Cultural Heritage: not bound."""
    return Venue.objects.create(slug="free-shop", name_fa="فروشگاه آزاد", name_en="Free shop", kind="shop", city=kerman)
