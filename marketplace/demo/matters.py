"""Sample matters, so that the officer's desk is not empty: sent in through the same services as everyone's, each kind once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from catalogue.models import ImportPermit, Product
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.crafts.models import CraftGroup
from marketplace.demo.accounts import ARTISAN, MANAGER, SECOND_OFFICER, user_of
from marketplace.demo.paper import draw_paper
from marketplace.demo.people import demo_number
from marketplace.demo.places import MANAGED
from marketplace.listing.claims import (
    LICENCE,
    ORIGIN,
    PERMIT,
    VENUE_LICENCE,
    ask_verification,
    send_licence,
    send_permit,
    send_venue_licence,
)
from marketplace.listing.origins import add_origin_document, register_import_permit
from marketplace.makers.models import LicenceClaim, Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import APPEAL, appeal, decide

#: Days a matter has waited by now; more than its kind allows is overdue.
_WAITED = {LICENCE: 2, PERMIT: 9, ORIGIN: 5, VENUE_LICENCE: 1, APPEAL: 0}
#: Numbers that no office gave.
_WAITS, _GREEN, _RETURNED = 9001, 9002, 9003
_PAPER = "demo/sample-paper.png"


def make_matters() -> int:
    """Add the sample matters that are missing. Returns how many."""
    there = set(Matter.objects.filter(is_demo=True).exclude(kind=LICENCE).values_list("kind", flat=True))
    # the sample appeal is about a licence too, so the one that waits is known by its number
    there |= {LICENCE} if LicenceClaim.objects.filter(number=demo_number(_WAITS)).exists() else set()
    makers: dict[str, Callable[[], Matter | None]] = {
        APPEAL: _appeal,
        LICENCE: _licence,
        PERMIT: _permit,
        ORIGIN: _origin,
        VENUE_LICENCE: _venue_licence,
    }
    return sum(_aged(kind, make()) for kind, make in makers.items() if kind not in there)


@transaction.atomic
def _aged(kind: str, matter: Matter | None) -> int:
    """Mark it as a sample that has waited for days; 0 when there was nothing to make it of."""
    if matter is None:
        return 0
    days = timedelta(days=_WAITED[kind])
    Matter.objects.filter(pk=matter.pk).update(
        is_demo=True, opened_at=timezone.now() - days, due_on=matter.due_on - days
    )
    return 1


def _paper() -> str:
    """The stored name of a drawn sheet that says it is a sample; one file for all."""
    store = storages["private"]
    if not store.exists(_PAPER):
        return store.save(_PAPER, ContentFile(draw_paper()))
    return _PAPER


def _claim(group: CraftGroup, number: int) -> dict[str, Any]:
    return {
        "kind": "workshop",
        "craft_group": group,
        "number": demo_number(number),
        "issued_on": today() - timedelta(days=40),
        "expires_on": today() + timedelta(days=1055),
        "pieces_a_year": 240,
        "scan": _paper(),
    }


def _unlicensed() -> list[Maker]:
    """Sample makers of works who have no licence, with their first craft."""
    makers = Maker.objects.filter(is_demo=True, licences__isnull=True, works__origin_state=Product.Origin.UNPROVEN)
    return list(makers.distinct().order_by("pk")[:2])


def _licence() -> Matter | None:
    """An unlicensed maker sends a licence in; accepted, the works become Iranian at once."""
    for maker in _unlicensed()[:1]:
        work = maker.works.filter(origin_state=Product.Origin.UNPROVEN).select_related("craft__group").first()
        assert work is not None
        assert work.craft is not None
        return send_licence(maker=maker, by=None, **_claim(work.craft.group, _WAITS))
    return None


def _origin() -> Matter | None:
    """Another unlicensed maker asks for a verification and adds a paper."""
    for maker in _unlicensed()[-1:]:
        work = maker.works.filter(origin_state=Product.Origin.UNPROVEN).order_by("pk").first()
        assert work is not None
        add_origin_document(work=work, title="برگهٔ نمونه دربارهٔ کارگاه", file=_paper(), by=None)
        text = "نمونه: این اثر در کارگاه خودم ساخته شده و پروانه هنوز صادر نشده است. برگهٔ کارگاه پیوست است."
        return ask_verification(work=work, by=None, text=text)
    return None


def _permit() -> Matter | None:
    """A trader registers a paper for goods to come."""
    trader = Maker.objects.filter(is_demo=True, works__origin_state=Product.Origin.FOREIGN).order_by("pk").first()
    if trader is None:
        return None
    permit = register_import_permit(
        maker=trader,
        number=demo_number(_GREEN),
        country="TR",
        issued_on=today() - timedelta(days=30),
        goods="گلیم و پارچهٔ دستباف (نمونه)",
        pieces=40,
        scan=_paper(),
        is_demo=True,
        state=ImportPermit.State.DECLARED,
    )
    return send_permit(permit=permit, by=None)


def _venue_licence() -> Matter | None:
    """The sample manager sends the renewal of the bazaar's licence in."""
    venue = Venue.objects.filter(slug=MANAGED, licences__isnull=False).first()
    if venue is None:
        return None
    licence = venue.licences.order_by("-expires_on")[0]
    return send_venue_licence(
        venue=venue,
        by=user_of(MANAGER),
        renews=licence,
        kind=licence.kind,
        number=licence.number,
        issuer_fa=licence.issuer_fa,
        issued_on=today() - timedelta(days=3),
        expires_on=licence.expires_on + timedelta(days=365),
        scan=_paper(),
    )


def _appeal() -> Matter | None:
    """The sample artisan's second licence was returned by one officer; another is to look again."""
    artisan = user_of(ARTISAN)
    maker = Maker.objects.filter(owner=artisan).first()
    held = maker.licences.values("craft_group") if maker else []
    group = CraftGroup.objects.exclude(pk__in=held).first()
    if maker is None or group is None:
        return None
    first = send_licence(maker=maker, by=artisan, **_claim(group, _RETURNED))
    _aged(LICENCE, first)
    reason = "نمونه: شماره در تصویر خوانده نمی‌شود."
    first = decide(matter=first, decision="returned", reason=reason, by=user_of(SECOND_OFFICER))
    return appeal(matter=first, by=artisan, text="نمونه: شماره در گوشهٔ بالای برگه است؛ لطفاً دوباره نگاه کنید.")
