"""Sample newcomers: one whose joining an officer returned, one whose joining waits. Their licences and codes are nobody's."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.crafts.models import Craft
from marketplace.demo.accounts import NEWCOMER, OFFICER, user_of
from marketplace.demo.paper import draw_paper
from marketplace.demo.people import demo_number
from marketplace.joining import services
from marketplace.listing.claims import send_licence
from marketplace.listing.oscar_parts import seller_of
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.places.models import City

#: Workshops by address, with the number of a sample licence and a made-up code whose check digit fits.
_RETURNED, _WAITING = "sample-newcomer", "sample-applicant"
SAMPLES = {_RETURNED: (9101, "0000000140"), _WAITING: (9102, "0000000051")}
_SHEBA = "IR060170000000000000000000"


@transaction.atomic
def make_joinings() -> int:
    """Add the sample newcomers that are missing. Returns how many."""
    missing = [slug for slug in SAMPLES if not Maker.objects.filter(slug=slug).exists()]
    for slug in missing:
        matter = _send(slug, by=user_of(NEWCOMER) if slug == _RETURNED else None)
        if slug == _RETURNED:
            reasons = {"pictures": "نمونه: عکس کارگاه تار است.", "identity": "نمونه: نام را کامل بنویسید."}
            services.return_steps(matter=matter, reasons=reasons, by=user_of(OFFICER))
    return len(missing)


def _send(slug: str, *, by: User | None) -> Matter:
    craft = Craft.objects.select_related("group").get(name_en="Knife making")
    city = City.objects.get(name_en="Rayen")
    number, code = SAMPLES[slug]
    maker = Maker.objects.create(
        slug=slug,
        name_fa="کارگاه تازه‌وارد نمونه" if by else "کارگاه متقاضی نمونه",
        name_en="Sample newcomer's workshop" if by else "Sample applicant's workshop",
        kind=Maker.Kind.HOME,
        city=city,
        owner=by,
        is_demo=True,
    )
    maker.crafts.add(craft)
    seller_of(maker)
    services.begin(maker=maker, by=by)
    services.tell_identity(maker=maker, legal_name="نام نمونه", code=code)
    services.tell_account(maker=maker, iban=_SHEBA, owner="نام نمونه")
    services.tell_pictures(maker=maker, portrait=_picture(slug), workshop=_picture(slug))
    dates = {"issued_on": today() - timedelta(days=90), "expires_on": today() + timedelta(days=1000)}
    paper = {"kind": "individual", "craft_group": craft.group, "number": demo_number(number), "scan": _picture(slug)}
    licence = send_licence(maker=maker, by=by, **paper, **dates)
    matter = services.send(maker=maker, by=by)
    Matter.objects.filter(pk__in=(licence.pk, matter.pk)).update(is_demo=True)
    return matter


def _picture(slug: str) -> str:
    """The stored name of a drawn sheet that says it is a sample."""
    return storages["private"].save(f"demo/{slug}.png", ContentFile(draw_paper()))
