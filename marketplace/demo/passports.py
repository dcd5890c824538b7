"""Sample labels on a work of the demo's artisan, so that a label's page can be tried: in use, new, suspended, void and doubted."""

from django.utils import timezone

from authenticity.copy_watch import ask_about
from authenticity.doubts import report_doubt
from authenticity.models import Passport, Scan
from authenticity.passports import activate, make_labels, suspend, void_label
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.demo.accounts import ARTISAN, user_of
from marketplace.makers.models import Maker

_LABELS = 6


def make_passports() -> int:
    """Make the sample labels when there are none and the artisan's sample licence has room for them. Returns how many."""
    maker = Maker.objects.filter(owner=user_of(ARTISAN)).first()
    work = _work_of(maker) if maker else None
    if maker is None or work is None or Passport.objects.filter(maker=maker, is_demo=True).exists():
        return 0
    by = user_of(ARTISAN)
    labels = make_labels(work=work, count=_LABELS, by=by, is_demo=True)[1]
    in_use, _new, _other, held, spoiled, copied = labels
    for label in (in_use, copied):
        activate(passport=label.passport, scratch=label.scratch, place="demo", device="demo")
    suspend(passport=held.passport, because="نمونه: پرسشی دربارهٔ این برچسب در جریان است.")
    void_label(passport=spoiled.passport, because="نمونه: برچسب پاره شد.")
    _try_by_strangers(copied.passport)
    report_doubt(code=in_use.passport.code, text="نمونه: رنگ این گلیم با عکس صفحه یکی نیست.")
    return len(labels)


def _try_by_strangers(passport: Passport) -> None:
    """Two people who share nothing typed a wrong word on a label in use: an officer is asked whether it is on two pieces."""
    for who in ("demo-1", "demo-2"):
        Scan.objects.create(passport=passport, kind=Scan.Kind.TRIED, place=who, device=who, at=timezone.now())
    ask_about([passport.pk])


def _work_of(maker: Maker) -> Product | None:
    """The artisan's first work of Iranian origin in a craft for which a licence names a capacity; sealed ones first."""
    licensed = maker.licences.valid_on(today()).filter(pieces_a_year__gte=_LABELS).values("craft_group")
    works = Product.objects.domestic_on(today()).filter(
        maker=maker, craft__group__in=licensed, parent__isnull=True, is_public=True
    )
    return works.select_related("maker", "craft").order_by("product_line__grants__scheme", "pk").first()
