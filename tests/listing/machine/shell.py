"""The same market with a shell beside it: raw SQL on every table the rule reads. What the database refuses is passed over."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from catalogue.models import ImportPermit, Product
from marketplace.basket.models import Line
from marketplace.bazaars.models import Venue
from marketplace.core import clock
from marketplace.makers.models import ProductionLicence
from marketplace.order.models import Line as OrderLine
from marketplace.partner.models import StockRecord
from tests.listing.machine.raw_writes import change, copy
from tests.listing.machine.verbs import Verbs, countries, days, places, steps, which

states = st.sampled_from(["domestic", "domestic", "foreign", "unproven", "disputed"])
bases = st.sampled_from(["declared", "verified", "seal"])


class Shell(Verbs):
    """Keeps the keys of what raw SQL wrote, where an audit is right to speak of it."""

    def __init__(self) -> None:
        super().__init__()
        self.venues_written: set[str] = set()
        self.lines_written: set[int] = set()

    def place_id(self, place: int | None) -> int | None:
        venue = self.venue(place)
        return venue.pk if venue else None

    def day_or_none(self, n: int):
        return None if n == 11 else self.border(n) + timedelta(days=365 * (n % 2))

    def class_id(self) -> int:
        return Product.objects.filter(product_class__isnull=False).values_list("product_class", flat=True)[0]

    @rule(n=which, place=places)
    def sql_moves_an_offer(self, n, place):
        change(StockRecord, self.offer(n).pk, venue_id=self.place_id(place))

    @rule(n=which, w=which)
    def sql_gives_an_offer_to_another_work(self, n, w):
        change(StockRecord, self.offer(n).pk, product_id=self.work(w).pk)

    @rule(n=which)
    def sql_brings_an_offer_back(self, n):
        change(StockRecord, self.offer(n).pk, withdrawn_at=None)

    @rule(n=which, w=which, place=places)
    def sql_adds_an_offer(self, n, w, place):
        copy(
            StockRecord,
            self.offer(n).pk,
            product_id=self.work(w).pk,
            venue_id=self.place_id(place),
            withdrawn_at=None,
            partner_sku=f"raw-{next(self.number)}",
        )

    @rule(n=which, state=states, basis=bases, country=countries, day=days)
    def sql_writes_an_origin(self, n, state, basis, country, day):
        until = (self.day_or_none(day) or clock.today()) if state == "domestic" else None
        line = {"product_line_id": None} if state == "foreign" else {}
        work = self.work(n)
        change(
            Product,
            work.pk,
            origin_state=state,
            origin_basis=basis,
            origin_country=country,
            domestic_until=until,
            **line,
        )

    @rule(n=which, country=countries)
    def sql_writes_a_country(self, n, country):
        change(Product, self.work(n).pk, origin_country=country)

    @rule(n=which, p=which, none=st.booleans())
    def sql_writes_a_parent(self, n, p, none):
        work, parent = self.work(n), self.work(p)
        if none:
            change(Product, work.pk, parent_id=None, structure="standalone", product_class_id=self.class_id())
        elif parent.parent_id is None and parent.pk != work.pk and not work.children.exists():
            change(Product, work.pk, parent_id=parent.pk, structure="child")

    @rule(n=which)
    def sql_calls_a_variant_a_work(self, n):
        variant = self.pick(Product.objects.filter(parent__isnull=False), n)
        if variant is not None:
            change(Product, variant.pk, structure="standalone", product_class_id=self.class_id())

    @rule(n=which, m=which, c=which)
    def sql_gives_a_work_to_another_maker(self, n, m, c):
        maker, craft = self.market.makers[m % 2], self.market.crafts[c % 2]
        change(Product, self.work(n).pk, maker_id=maker.pk, craft_id=craft.pk)

    @rule(n=which, p=which)
    def sql_writes_a_permit_on_a_work(self, n, p):
        permit = self.pick(ImportPermit.objects.all(), p)
        change(Product, self.work(n).pk, import_permit_id=permit.pk if p else None)

    @rule(n=which, state=st.sampled_from(["declared", "checked", "refused"]), country=countries, m=which)
    def sql_writes_a_permit(self, n, state, country, m):
        permit = self.pick(ImportPermit.objects.all(), n)
        change(ImportPermit, permit.pk, state=state, country=country, maker_id=self.market.makers[m % 2].pk)

    @rule(n=which, m=which, g=which, issued=days, lasts=steps, revoked=st.booleans())
    def sql_writes_a_production_licence(self, n, m, g, issued, lasts, revoked):
        licence = self.pick(ProductionLicence.objects.all(), n)
        issued_on = self.border(issued) if issued % 2 else licence.issued_on
        change(
            ProductionLicence,
            licence.pk,
            maker_id=self.market.makers[m % 2].pk,
            craft_group_id=self.market.crafts[g % 2].group_id,
            issued_on=issued_on,
            expires_on=issued_on + timedelta(days=lasts),
            revoked_on=clock.today() if revoked else None,
        )

    @rule(place=st.integers(0, 2), since=days, until=days, opened=days, every=st.booleans())
    def sql_writes_a_venues_dates(self, place, since, until, opened, every):
        venue = self.venue(place)
        dates = {"open_until": self.day_or_none(opened)}
        if every:
            dates |= {"bound_since": self.day_or_none(since), "bound_until": self.day_or_none(until)}
        if change(Venue, venue.pk, **dates):
            self.venues_written.add(venue.slug)

    @rule(place=st.integers(0, 2), until=days)
    def sql_frees_a_venue(self, place, until):
        venue = self.venue(place)
        if change(Venue, venue.pk, bound_until=self.day_or_none(until), open_until=None):
            self.venues_written.add(venue.slug)

    @rule(n=which, o=which, w=which, quantity=st.integers(1, 2), add=st.booleans())
    def sql_writes_a_basket_line(self, n, o, w, quantity, add):
        line = self.pick(Line.objects.all(), n)
        if line is None:
            return
        offer = self.offer(o)
        product = offer.product_id if w < 4 else self.work(w).pk
        values = {"stockrecord_id": offer.pk, "product_id": product, "quantity": quantity}
        if add:
            copy(Line, line.pk, line_reference=f"raw-{next(self.number)}", **values)
        else:
            change(Line, line.pk, **values)

    @rule(n=which, o=which, w=which, place=places, add=st.booleans())
    def sql_writes_an_order_line(self, n, o, w, place, add):
        line, offer = self.pick(OrderLine.objects.all(), n), self.offer(o)
        product = offer.product_id if w < 4 else self.work(w).pk
        values = {"stockrecord_id": offer.pk, "product_id": product, "venue_id": self.place_id(place)}
        before = set(OrderLine.objects.values_list("pk", flat=True))
        (copy if add else change)(OrderLine, line.pk, **values)
        self.lines_written |= {*OrderLine.objects.values_list("pk", flat=True)} - before if add else {line.pk}
