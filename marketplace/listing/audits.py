"""What `manage.py audit_market` looks at here. Every check works from the papers themselves, not from the dates the guards compare."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db.models import Q

from catalogue.claims import local_claim
from catalogue.models import OriginDecision, Product
from marketplace.bazaars.dates import venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core.clock import today
from marketplace.core.dbrules import missing
from marketplace.core.registry import audit
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.makers.holidays import breaks_of
from marketplace.makers.models import Holiday, Maker, ProductionLicence
from marketplace.partner.models import StockRecord


@audit("rules held by the database")
def database_holds_its_rules() -> Iterator[str]:
    """A trigger that someone dropped."""
    for lost in missing():
        yield f"The database does not hold {lost}: run migrate."


@audit("venues")
def venues_follow_their_licences() -> Iterator[str]:
    """Dates on a venue that its licence events do not give."""
    events: dict[int, list[LicenceEvent]] = defaultdict(list)
    for event in LicenceEvent.objects.select_related("licence").order_by("pk"):
        events[event.licence.venue_id].append(event)
    for venue in Venue.objects.filter(pk__in=events).order_by("pk").iterator():
        right = venue_dates(events[venue.pk])
        stored = (venue.bound_since, venue.bound_until, venue.open_until)
        if stored != (right.bound_since, right.bound_until, right.open_until):
            yield f"Venue {venue.slug}: its dates are not those that its licence events give."


def proven_until(work: Product, licences, words) -> object:
    """Until when papers show a work to be Iranian, read from licences and decisions alone; None when they do not."""
    word = words.get(work.pk)
    if work.origin_basis == Product.Basis.VERIFIED:
        return word.until if word is not None and word.state == Product.Origin.DOMESTIC else None
    if word is not None and word.state in (Product.Origin.FOREIGN, Product.Origin.DISPUTED):
        return None
    ends = [
        licence.expires_on
        for licence in licences[work.maker_id]
        if work.craft is not None and licence.craft_group_id == work.craft.group_id and licence.revoked_on is None
    ]
    return max(ends, default=None)


@audit("origins")
def origins_have_their_proof() -> Iterator[str]:
    """Works that count as Iranian today without a licence or a decision that says so."""
    licences: dict[int, list[ProductionLicence]] = defaultdict(list)
    for licence in ProductionLicence.objects.all():
        licences[licence.maker_id].append(licence)
    words = {decision.work_id: decision for decision in OriginDecision.objects.order_by("pk").iterator()}
    domestic = Product.objects.filter(
        origin_state=Product.Origin.DOMESTIC, parent__isnull=True, domestic_until__gte=today()
    )
    for work in domestic.exclude(origin_basis=Product.Basis.SEAL).select_related("craft").order_by("pk").iterator():
        until = proven_until(work, licences, words)
        if until is None or work.domestic_until > until:  # type: ignore[operator]
            yield f"Work {work.pk} counts as Iranian until {work.domestic_until}, and no paper shows it."


@audit("offers")
def offers_keep_the_rule() -> Iterator[str]:
    """Offers that could be bought today in a bound venue though the work is not domestic, or anywhere without an import permit."""
    day = today()
    sellable = StockRecord.objects.lawful_on(day).select_related(
        "venue", "product__parent__import_permit", "product__import_permit"
    )
    for offer in sellable.order_by("pk").iterator():
        work = offer.product.origin_work
        if offer.venue is not None and offer.venue.is_bound_on(day) and not work.is_domestic_on(day):
            yield f"Offer {offer.pk}: work {work.pk} ({work.origin_state}) can be bought in bound venue {offer.venue.slug}."
        permit = work.import_permit
        if work.origin_state == Product.Origin.FOREIGN and (permit is None or not permit.stands):
            yield f"Offer {offer.pk}: work {work.pk} is foreign and has no import permit that stands."


@audit("labels")
def foreign_works_pass_as_foreign() -> Iterator[str]:
    """Foreign works whose words or product line call them Iranian."""
    for work in Product.objects.filter(origin_state=Product.Origin.FOREIGN).order_by("pk").iterator():
        words = local_claim(work.title, work.title_en, work.description, work.description_en)
        if words:
            yield f"Work {work.pk} is foreign and says “{words}”."
        if work.product_line_id is not None:
            yield f"Work {work.pk} is foreign and stands in product line {work.product_line_id}."


@audit("seal words")
def offered_works_name_no_seal_they_lack() -> Iterator[str]:
    """Works on offer whose words name a seal that is not in force for them."""
    offers = StockRecord.objects.active()
    offered = Product.objects.filter(parent__isnull=True).filter(
        Q(stockrecords__in=offers) | Q(children__stockrecords__in=offers)
    )
    for work in offered.distinct().select_related("maker").order_by("pk").iterator(chunk_size=500):
        try:
            forbid_false_seal_words(work, on=today())
        except ValidationError as error:
            yield f"Work {work.pk} is on offer, but: {error.messages[0]}"


@audit("breaks of makers")
def makers_rest_as_they_told() -> Iterator[str]:
    """Makers whose breaks, as sales read them, are not those that they told; or share a day."""
    day = today()
    told = defaultdict(list)
    for holiday in Holiday.objects.filter(last__gte=day).order_by("first"):
        told[holiday.maker_id].append(holiday.rest)
    for maker in Maker.objects.filter(Q(pk__in=told) | ~Q(breaks=[])).order_by("pk"):
        right = told[maker.pk]
        if [each for each in breaks_of(maker.breaks) if each.last >= day] != right:
            yield f"Maker {maker.slug}: sales do not read the breaks that were told."
        if any(later.first <= earlier.last for earlier, later in pairwise(right)):
            yield f"Maker {maker.slug}: two breaks share a day."
