"""Who is told when the rule acts: seller and manager of withdrawn offers; and after three refusals in thirty days, an inspection."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authenticity.models import SealGrant
from catalogue.models import Product
from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.clock import today
from marketplace.core.models import Refusal
from marketplace.core.notices import notify
from marketplace.core.refusals import name_of
from marketplace.listing.origins import changed, declare, write_origin
from marketplace.listing.withdrawals import Because
from marketplace.makers.models import Maker

#: Refusals of one seller's own acts in so many days that open an inspection.
REFUSALS, DAYS = 3, 30

_TO_SELLER = {
    Because.ORIGIN: _(
        "“%(work)s” is no longer offered in %(place)s: its Iranian origin is not established any more, and places licensed by "
        "Cultural Heritage sell Iranian handicrafts only."
    ),
    Because.VENUE: _(
        "“%(work)s” is no longer offered in %(place)s: the place is now licensed by Cultural Heritage and sells Iranian handicrafts only."
    ),
    Because.PERMIT: _(
        "“%(work)s” is no longer offered in %(place)s: it is of foreign origin and no import permit stands for it."
    ),
}
_TO_MANAGER = _("“%(work)s” of %(maker)s was withdrawn from %(place)s by the foreign-goods rule.")
_WORKSHOP = _("the workshop")


def tell_of_withdrawals(offers, because: str) -> None:
    """Watcher of `offers_withdrawn`: a message to each seller, and to the managers of each venue. A maker's own act tells nobody."""
    if because not in _TO_SELLER:
        return
    for offer in offers:
        work, venue, maker = offer.product, offer.venue, offer.product.maker
        params = {
            "work": lambda work=work: work.name,
            "place": lambda venue=venue: venue.name if venue else str(_WORKSHOP),
            "maker": lambda maker=maker: maker.name if maker else "",
        }
        if maker is not None and maker.owner_id:
            notify(
                users=[maker.owner],
                kind="offer_withdrawn",
                sentence=_TO_SELLER[because],
                params=params,
                link=reverse("desks:work", args=[work.parent_id or work.pk]),
            )
        if venue is not None:
            notify(
                users=venue.managers.all(),
                kind="offer_withdrawn",
                sentence=_TO_MANAGER,
                params=params,
                link=f"{reverse('desks:venue')}?place={venue.slug}",
            )


def open_inspection_when_due(refusal: Refusal, seller, place) -> None:
    """Watcher of `refused`: the third refusal of a seller's own acts within thirty days opens an inspection where it happened."""
    if not (refusal.by_seller and isinstance(seller, Maker) and isinstance(place, Venue)):
        return
    since = timezone.now() - timedelta(days=DAYS)
    tried = Refusal.objects.filter(
        seller=name_of(seller), by_seller=True, rule="forbid_foreign_goods", at__gte=since
    ).count()
    if tried < REFUSALS:
        return
    with transaction.atomic():
        _inspection, new = Inspection.objects.get_or_create(
            venue=place,
            maker=seller,
            closed_on=None,
            defaults={"because": Inspection.Because.REFUSALS, "opened_on": today()},
        )
        if new:
            notify(
                users=[*place.managers.all(), seller.owner],
                kind="inspection_opened",
                sentence=_(
                    "An inspection of %(maker)s in %(place)s is due: the foreign-goods rule refused three times in thirty days."
                ),
                params={"maker": lambda: seller.name, "place": lambda: place.name},
                link=f"{reverse('desks:venue')}?place={place.slug}",
            )


def follow_seals(grant: SealGrant) -> None:
    """Watcher of `seal_changed`: the search hears of every work of the line; origins that only the seal showed are declared anew."""
    works = Product.objects.filter(product_line=grant.product_line_id, maker=grant.maker_id, parent__isnull=True)
    for work in works.select_related("maker", "craft", "import_permit").order_by("pk"):
        if work.origin_basis == Product.Basis.SEAL and not SealGrant.objects.valid_on(today()).filter(
            product_line=grant.product_line_id, maker=grant.maker_id
        ):
            write_origin(declare(work, on=today()), on=today())
        else:
            changed(work)
