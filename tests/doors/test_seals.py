"""The truth table of seals: a row for each state of a grant, a column for each door, exact.

`shown`: the seal stands there. `not shown`: no trace of it. `refused`: the words of the seal are not let through. `said`: the reader is
told that the seal they were promised is no longer in force.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from authenticity.issuing import for_credentials, unsigned_credential
from authenticity.models import Passport, SealGrant
from catalogue.models import Product, ProductLine
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core.clock import today
from marketplace.listing.services import edit_work, offer_in_venue
from marketplace.order.seals import lost_since_sale
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works
from marketplace.ui.cards import cards
from tests.basket.test_seals import basket_with, shown
from tests.cast import DAY
from tests.checkout.sale import TYPED, contact  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SHOWN, NOT, REFUSED, SAID = "shown", "not shown", "refused", "said"
SCHEME, NAME, LOST = "quality-mark", "Quality mark", "The seal “Quality mark”"
ONE_DAY = timedelta(days=1)


@dataclass
class Scene:
    """A kilim under a seal in force, and what may become of the seal."""

    kilim: Product
    seal: SealGrant
    changes: dict[str, dict[str, Any]]
    contact: Any
    client: Client

    def become(self, state: str) -> None:
        grant = SealGrant.objects.filter(pk=self.seal.pk)
        if state == "none":
            grant.delete()
        elif state != "valid":
            grant.update(**self.changes[state])

    def work(self) -> Product:
        return Product.objects.select_related("maker", "craft", "import_permit", "product_line").get(pk=self.kilim.pk)

    def page(self, address: str) -> str:
        return self.client.get("/en" + address).content.decode()


@pytest.fixture
def scene(client, kilim, seal, coppersmith, kilim_craft, weaver, contact, passport):  # noqa: F811
    other = ProductLine.objects.create(maker=weaver, craft=kilim_craft, name_fa="دیگر", name_en="Other")
    changes = {
        "other maker": {"maker": coppersmith},
        "other line": {"product_line": other},
        "revoked": {"revoked_on": DAY},
        "suspended": {"suspended_on": DAY},
        "not yet": {"valid_from": DAY + ONE_DAY},
        "expired": {"valid_until": DAY - ONE_DAY},
    }
    return Scene(kilim, seal, changes, contact, client)


def seen(is_there: bool) -> str:
    return SHOWN if is_there else NOT


def _words(scene: Scene, state: str) -> str:
    scene.become(state)
    try:
        edit_work(work=scene.work(), description_en="A kilim with a quality mark")
    except ValidationError as error:
        return REFUSED if error.code == "seal_words" else str(error.code)
    return SHOWN


def _offer(scene: Scene, state: str) -> str:
    Product.objects.filter(pk=scene.kilim.pk).update(description_en="A kilim with a quality mark")
    scene.become(state)
    try:
        offer_in_venue(work=scene.work(), venue=None, price_rial=10**7, pieces=1)
    except ValidationError as error:
        return REFUSED if error.code == "seal_words" else str(error.code)
    return SHOWN


def _work_page(scene: Scene, state: str) -> str:
    scene.become(state)
    return seen(f'<span class="seal">{NAME}' in scene.page(scene.kilim.get_absolute_url()))


def _schema_org(scene: Scene, state: str) -> str:
    scene.become(state)
    return seen("schema.org/Certification" in scene.page(scene.kilim.get_absolute_url()))


def _card(scene: Scene, state: str) -> str:
    scene.become(state)
    return seen(cards([scene.kilim.pk])[0].seal_label != "")


def _facet(scene: Scene, state: str) -> str:
    scene.become(state)
    index_works([scene.kilim.pk])
    return seen(SCHEME in {count.value for count in find(SearchRequest()).facets["seal"]})


def _hit(scene: Scene, state: str) -> str:
    scene.become(state)
    index_works([scene.kilim.pk])
    assert find(SearchRequest()).ids == [scene.kilim.pk]
    return seen(find(SearchRequest(facets={"seal": (SCHEME,)})).ids == [scene.kilim.pk])


def _api(scene: Scene, state: str) -> str:
    scene.become(state)
    told = scene.client.get(f"/api/v1/works/{scene.kilim.pk}")
    assert told.status_code == 200
    return seen(bool(told.json()["seals"]))


def _basket_new(scene: Scene, state: str) -> str:
    scene.become(state)
    line = shown(basket_with(scene.work()))[1][0]
    assert line.seals.lost == []
    return seen(bool(line.seals.in_force))


def _basket_kept(scene: Scene, state: str) -> str:
    return _kept(scene, state, "/basket/", 'class="basket"')


def _checkout(scene: Scene, state: str) -> str:
    return _kept(scene, state, "/checkout/pay/", 'id="sale-heading"')


def _kept(scene: Scene, state: str, address: str, mark: str) -> str:
    """A page about a kilim that was put into the basket while its seal was in force; without one, after it was gone."""
    if state == "none":
        scene.become(state)
    scene.client.post("/basket/add/", {"offer": scene.kilim.stockrecords.get().pk})
    scene.client.post("/checkout/", TYPED)
    scene.become(state)
    page = scene.page(address)
    assert mark in page
    if LOST in page:
        assert f'<span class="seal">{NAME}</span>' not in page
        return SAID
    return seen(f'<span class="seal">{NAME}</span>' in page)


def _snapshot(scene: Scene, state: str) -> str:
    basket = basket_with(scene.work())
    purchase = start_purchase(basket=basket, user=None, contact=scene.contact)
    scene.become(state)
    return seen(bool(place_order(purchase).lines.get().snapshot["seals"]))


def _dispatch(scene: Scene, state: str) -> str:
    if state == "none":
        scene.become(state)
    order = place_order(start_purchase(basket=basket_with(scene.work()), user=None, contact=scene.contact))
    scene.become(state)
    line = order.lines.select_related("product__parent").get()
    lost = lost_since_sale([line], on=today()).get(line.pk, [])
    return SAID if [seal["number"] for seal in lost] == ["Q-1"] else seen(bool(line.snapshot["seals"]))


def _verify(scene: Scene, state: str) -> str:
    scene.become(state)
    return seen(NAME in scene.page(f"/v/{Passport.objects.first().code}"))


def _credential(scene: Scene, state: str) -> str:
    scene.become(state)
    return seen("awardChecks" in json.dumps(unsigned_credential(for_credentials().first())))


DOORS: dict[str, Callable[[Scene, str], str]] = {
    "words": _words,
    "offer": _offer,
    "work page": _work_page,
    "schema.org": _schema_org,
    "card": _card,
    "search facet": _facet,
    "search hit": _hit,
    "API": _api,
    "basket, new line": _basket_new,
    "basket, kept line": _basket_kept,
    "checkout": _checkout,
    "order": _snapshot,
    "dispatch": _dispatch,
    "verify page": _verify,
    "credential": _credential,
}
#: State → words, offer; then what shows the seal of the day; then what was promised before; then the rest.
TABLE: dict[str, tuple[str, ...]] = {
    #                words    offer    page   s.org  card   facet  hit    API    new    kept   pay    order  sent   verify cred.
    "valid":       (SHOWN,   SHOWN,   SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN),
    "other maker": (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "other line":  (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "revoked":     (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "suspended":   (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "not yet":     (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "expired":     (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   SAID,  SAID,  NOT,   SAID,  NOT,   NOT),
    "none":        (REFUSED, REFUSED, NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT,   NOT),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("state", TABLE)
def test_the_truth_table_of_seals(scene, state, door):
    assert DOORS[door](scene, state) == dict(zip(DOORS, TABLE[state], strict=True))[door]
