"""The market's verbs, drawn at random. A verb may refuse by a ValidationError; anything else it raises ends the run."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from catalogue.models import ImportPermit, Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell, put_back, reorder, wish_to_basket
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.core import clock
from marketplace.listing import licences, origins, services
from marketplace.listing.returns import offer_again
from marketplace.makers.models import ProductionLicence
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests.cast import DAY
from tests.listing.machine.market import Market

which = st.integers(0, 7)
places = st.sampled_from([None, 0, 1, 0, 1, 2])
days = st.integers(0, 11)
steps = st.sampled_from([1, 1, 2, 29, 30, 31, 89, 365, 366, 731])
stories = st.sampled_from(list(LicenceEvent.Kind.values))
countries = st.sampled_from(["IR", "IR", "TR", "CN", ""])


class Verbs(RuleBasedStateMachine):
    """Each run happens inside one transaction that is rolled back, around a market made once."""

    market: ClassVar[Market]

    def __init__(self) -> None:
        super().__init__()
        self.number = count(1)
        self.block = transaction.atomic()
        self.block._from_testcase = True  # refusals are recorded as they are where no transaction stands around
        self.block.__enter__()
        clock.set_today(DAY)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        clock.set_today(DAY)

    # what there is to act on

    def pick(self, rows: models.QuerySet, n: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[n % len(found)] if found else None

    def attempt(self, verb: Callable, *given: Any, **more: Any) -> None:
        if None in given:
            return
        with suppress(ValidationError):
            verb(*given, **more)

    def work(self, n: int) -> Product | None:
        return self.pick(Product.objects.select_related("maker", "craft", "parent", "import_permit"), n)

    def offer(self, n: int) -> StockRecord | None:
        found = self.pick(StockRecord.objects.all(), n)
        return offer_to_sell(found.pk) if found else None

    def venue(self, place: int | None) -> Venue | None:
        return None if place is None else self.pick(Venue.objects.all(), place)

    def basket(self, n: int) -> Basket:
        return self.pick(Basket.objects.filter(status=Basket.OPEN), n) or Basket.objects.create()

    def border(self, n: int) -> date:
        """A day near those on which a paper ends, or near today."""
        ends = {*ProductionLicence.objects.values_list("expires_on", flat=True)}
        ends |= {*VenueLicence.objects.values_list("expires_on", flat=True), clock.today()}
        found = sorted(ends)
        return found[n % len(found)] + timedelta(days=n % 3 - 1)

    def past(self, n: int) -> date:
        return min(self.border(n), clock.today())

    # the clock

    @rule(step=steps)
    def days_go_by(self, step):
        clock.set_today(clock.today() + timedelta(days=step))

    @rule(n=days)
    def a_border_comes(self, n):
        clock.set_today(max(clock.today(), self.border(n)))

    # licences of venues

    @rule(place=st.integers(0, 2), n=days, lasts=steps)
    def venue_is_granted(self, place, n, lasts):
        day = self.past(n)
        venue = self.venue(place)
        licences.grant_venue_licence(
            venue=venue,
            number=f"N-{next(self.number)}",
            kind="shop",
            issued_on=day,
            expires_on=day + timedelta(days=lasts),
            issuer_fa="ا",
        )

    @rule(n=which, story=stories, day=days)
    def venue_licence_event(self, n, story, day):
        licence = self.pick(VenueLicence.objects.all(), n)
        self.attempt(licences.record_licence_event, licence=licence, kind=story, on=self.past(day))

    @rule(n=which, day=days, lasts=steps)
    def venue_licence_is_renewed(self, n, day, lasts):
        licence, on = self.pick(VenueLicence.objects.all(), n), self.past(day)
        self.attempt(licences.renew_venue_licence, licence=licence, on=on, expires_on=on + timedelta(days=lasts))

    @rule(n=which)
    def a_venue_opens(self, n):
        city = self.market.makers[0].city
        if Venue.objects.count() < 4:
            slug = f"venue-{next(self.number)}"
            Venue.objects.create(slug=slug, name_fa=slug, name_en=slug, kind="shop", city=city, is_planned=n == 7)

    # production licences

    @rule(m=which, g=which, n=days, lasts=steps)
    def maker_is_licensed(self, m, g, n, lasts):
        day = self.border(n)
        licences.record_production_licence(
            maker=self.market.makers[m % 2],
            craft_group=self.market.crafts[g % 2].group,
            number=f"P-{next(self.number)}",
            issued_on=day,
            expires_on=day + timedelta(days=lasts),
        )

    @rule(n=which, day=days)
    def production_licence_gets_another_end(self, n, day):
        licence = self.pick(ProductionLicence.objects.select_related("maker"), n)
        self.attempt(licences.change_production_licence, licence=licence, expires_on=self.border(day))

    @rule(n=which)
    def production_licence_is_revoked(self, n):
        licence = self.pick(ProductionLicence.objects.select_related("maker"), n)
        self.attempt(licences.change_production_licence, licence=licence, revoked_on=clock.today())

    # works and their origins

    @rule(m=which, c=which, country=countries, permitted=st.booleans())
    def work_is_listed(self, m, c, country, permitted):
        maker = self.market.makers[m % 2]
        permit = ImportPermit.objects.filter(maker=maker).order_by("pk").first() if permitted else None
        self.attempt(
            services.create_work,
            maker=maker,
            craft=self.market.crafts[c % 2],
            title_fa="کار",
            origin_country=country,
            import_permit=permit,
            price_rial=10_000_000,
            pieces=3,
        )

    @rule(n=which, country=countries)
    def work_changes_country(self, n, country):
        self.attempt(services.edit_work, work=self.work(n), origin_country=country)

    @rule(n=which, c=which)
    def work_changes_craft(self, n, c):
        self.attempt(services.edit_work, work=self.work(n), craft=self.market.crafts[c % 2])

    @rule(n=which, p=which, none=st.booleans())
    def work_changes_permit(self, n, p, none):
        permit = None if none else self.pick(ImportPermit.objects.all(), p)
        self.attempt(services.edit_work, work=self.work(n), import_permit=permit)

    @rule(n=which, place=places)
    def variant_is_added(self, n, place):
        work = self.pick(Product.objects.filter(parent__isnull=True).select_related("maker", "craft"), n)
        self.attempt(
            services.add_variant,
            work=work,
            title_fa="گونه",
            price_rial=10_000_000,
            pieces=2,
            venue=self.venue(place),
        )

    @rule(n=which, state=st.sampled_from(["domestic", "foreign", "unproven"]), country=countries, day=days)
    def officer_decides(self, n, state, country, day):
        """The truth can always be recorded: no refusal is expected of words that fit together."""
        until, country = (max(self.border(day), clock.today()), "IR") if state == "domestic" else (None, country)
        country = "" if state == "foreign" and country == "IR" else country
        origins.change_origin(
            work=self.work(n), state=state, country=country, basis="verified", until=until, by=self.market.officer
        )

    @rule(n=which)
    def officer_disputes(self, n):
        origins.dispute_origin(work=self.work(n), by=self.market.officer, reason="?")

    @rule(m=which, country=st.sampled_from(["TR", "CN"]))
    def permit_is_registered(self, m, country):
        origins.register_import_permit(
            maker=self.market.makers[m % 2],
            number=f"G-{next(self.number)}",
            country=country,
            issued_on=clock.today(),
        )

    @rule(n=which, accepted=st.booleans())
    def permit_is_decided(self, n, accepted):
        self.attempt(origins.decide_import_permit, permit=self.pick(ImportPermit.objects.all(), n), accepted=accepted)

    # offers

    @rule(n=which, place=places)
    def work_is_offered(self, n, place):
        self.attempt(
            services.offer_in_venue, work=self.work(n), venue=self.venue(place), price_rial=10_000_000, pieces=5
        )

    @rule(n=which, place=places)
    def offer_is_moved(self, n, place):
        self.attempt(services.move_offer, offer=self.offer(n), venue=self.venue(place))

    @rule(n=which)
    def offer_is_edited(self, n):
        self.attempt(services.edit_offer, offer=self.offer(n), price_rial=11_000_000, pieces=7)

    @rule(n=which)
    def offer_is_withdrawn(self, n):
        self.attempt(services.withdraw_offer, offer=self.offer(n), because="by_maker")

    @rule(n=which)
    def offer_comes_back(self, n):
        withdrawn = self.pick(StockRecord.objects.filter(withdrawn_at__isnull=False), n)
        if withdrawn is not None:
            self.attempt(offer_again, offer=offer_to_sell(withdrawn.pk))

    # baskets and orders

    @rule(b=which, n=which)
    def offer_goes_into_a_basket(self, b, n):
        self.attempt(add_to_basket, basket=self.basket(b), offer=self.offer(n))

    @rule(b=which, n=which)
    def kept_work_goes_into_a_basket(self, b, n):
        self.attempt(wish_to_basket, basket=self.basket(b), work=self.work(n))

    @rule(n=which, quantity=st.integers(0, 3))
    def line_changes(self, n, quantity):
        line = self.pick(Line.objects.filter(basket__status=Basket.OPEN), n)
        if line is not None:
            self.attempt(change_quantity, basket=line.basket, line=line, quantity=quantity)

    @rule(n=which)
    def baskets_merge(self, n):
        guest = Basket.objects.create()
        self.attempt(add_to_basket, basket=guest, offer=self.offer(n))
        other = self.pick(Basket.objects.filter(status=Basket.OPEN).exclude(pk=guest.pk), n)
        if other is not None:
            other.merge(guest)

    @rule(b=which, n=which)
    def order_is_repeated(self, b, n):
        order = self.pick(Order.objects.all(), n)
        reorder(into=self.basket(b), order=order)

    @rule(b=which)
    def basket_is_paid_for(self, b):
        self.attempt(start_purchase, basket=self.basket(b), user=self.market.buyer, contact=self.market.contact)

    @rule(n=which)
    def purchase_becomes_an_order(self, n):
        purchase = self.pick(Purchase.objects.filter(order__isnull=True), n)
        if purchase is not None:
            self.attempt(place_order, purchase)

    @rule(n=which)
    def purchase_is_given_up(self, n):
        purchase = self.pick(Purchase.objects.filter(state=Purchase.State.RESERVED), n)
        if purchase is not None:
            give_back(purchase, Purchase.State.RELEASED)
            put_back(into=Basket.objects.create(), frozen=Basket.objects.get(pk=purchase.basket_id))
