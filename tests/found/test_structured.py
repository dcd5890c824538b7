"""JSON-LD, read by parsers of others: what a work, a list and the first page say to machines."""

import json
from datetime import date

import pytest
from django.utils.translation import override

from authenticity.models import SealGrant
from catalogue.models import Product
from marketplace.core import clock
from marketplace.found.templatetags.found import data_block
from marketplace.listing.services import add_variant, create_work, withdraw_offer
from tests.found.files import address_of
from tests.found.reading import blocks, graph, nodes, unknown_terms

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def page(client, path: str, language: str = "en") -> str:
    return client.get(f"/en{path}" if language == "en" else path).content.decode()


def path_of(work: Product) -> str:
    """The Persian address; a request leaves its language active."""
    with override("fa"):
        return work.get_absolute_url()


def product(client, work: Product, language: str = "en") -> dict:
    [node] = nodes(page(client, path_of(work), language), "Product")
    return node


def test_a_work_is_a_product_with_its_maker_measures_and_origin(client, market, wool):
    kilim = market[0]
    kilim.materials.add(wool)
    node = product(client, kilim)
    address = f"{HOST}/en{path_of(kilim)}"
    assert (node["@id"], node["url"], node["name"], node["sku"]) == (
        f"{address}#work",
        address,
        "Shiriki-pich kilim",
        str(kilim.pk),
    )
    assert node["image"] == [address_of(f"works/{kilim.pk}-{number}-1200.webp") for number in (0, 1)]
    assert (node["material"], node["category"]) == (["Hand-spun wool"], "Kilim weaving")
    assert node["countryOfOrigin"] == {"@type": "Country", "name": "IR"}
    assert node["brand"] == {"@type": "Brand", "name": "Kilim workshop", "url": f"{HOST}/en/maker/weaver/"}
    assert node["weight"] == {"@type": "QuantitativeValue", "value": 3400, "unitCode": "GRM"}
    assert (node["depth"]["value"], node["width"]["value"], "height" in node) == (1200, 800, False)


def test_its_offers_are_in_rial_each_with_its_seller_and_place(client, market):
    bazaar, workshop = product(client, market[0])["offers"]
    for offer, price in ((bazaar, "170000000"), (workshop, "180000000")):
        assert (offer["price"], offer["priceCurrency"]) == (price, "IRR")
        assert offer["availability"] == "https://schema.org/InStock"
        assert offer["itemCondition"] == "https://schema.org/NewCondition"
        assert offer["seller"] == {
            "@type": "Organization",
            "name": "Kilim workshop",
            "url": f"{HOST}/en/maker/weaver/",
        }
    assert bazaar["availableAtOrFrom"]["url"] == f"{HOST}/en/venue/qaleh-mahmoud/"
    assert "availableAtOrFrom" not in workshop


def test_a_price_is_the_same_rial_in_a_reader_s_toman(client, market):
    client.post("/ui/currency/", {"unit": "rial"})
    assert [offer["price"] for offer in product(client, market[0], "fa")["offers"]] == ["170000000", "180000000"]


def test_what_may_be_given_back_is_said_as_the_rules_have_it(client, market):
    assert product(client, market[0])["offers"][0]["hasMerchantReturnPolicy"] == {
        "@type": "MerchantReturnPolicy",
        "applicableCountry": "IR",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 7,
        "returnFees": "https://schema.org/ReturnFeesCustomerResponsibility",
        "refundType": "https://schema.org/FullRefund",
        "description": "7 working days from delivery; refund in full, the postage of the return is the buyer’s.",
    }


def test_what_is_made_to_order_is_neither_in_stock_nor_taken_back(client, market):
    Product.objects.filter(pk=market[0].pk).update(made_to_order=True)
    offer = product(client, market[0])["offers"][0]
    assert offer["availability"] == "https://schema.org/MadeToOrder"
    policy = offer["hasMerchantReturnPolicy"]
    assert policy["returnPolicyCategory"] == "https://schema.org/MerchantReturnNotPermitted"
    assert "merchantReturnDays" not in policy


@pytest.mark.parametrize(("one_of_a_kind", "word"), [(False, "OutOfStock"), (True, "SoldOut")])
def test_what_is_gone_is_not_in_stock(client, market, one_of_a_kind, word):
    tray = market[1]
    tray.stockrecords.get().allocate(2)
    Product.objects.filter(pk=tray.pk).update(one_of_a_kind=one_of_a_kind)
    assert product(client, tray)["offers"][0]["availability"] == f"https://schema.org/{word}"


def test_a_foreign_work_says_its_country_and_has_its_seller_for_no_brand(client, market):
    node = product(client, market[1])
    assert node["countryOfOrigin"] == {"@type": "Country", "name": "TR"}
    assert node["additionalProperty"] == [{"@type": "PropertyValue", "name": "Origin", "value": "Foreign origin"}]
    assert {"brand", "manufacturer", "hasCertification"} & set(node) == set()
    assert node["offers"][0]["seller"]["name"] == "Copper workshop"


def test_an_unproven_work_says_no_country(client, market):
    node = product(client, market[2])
    assert "countryOfOrigin" not in node
    assert node["additionalProperty"][0]["value"] == "Origin not proven"


def test_an_origin_whose_proof_has_ended_is_claimed_no_more(client, market):
    clock.set_today(date(2028, 1, 2))
    node = product(client, market[0])
    assert "countryOfOrigin" not in node
    assert [offer["price"] for offer in node["offers"]] == ["180000000"]


def test_a_withdrawn_work_offers_nothing(client, market):
    withdraw_offer(offer=market[1].stockrecords.get(), because="test")
    assert "offers" not in product(client, market[1])


def test_variants_are_products_of_a_group(client, weaver, licence, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گبه", title_en="Gabbeh", one_of_a_kind=False)
    small = add_variant(work=work, title_fa="گبه کوچک", title_en="Small gabbeh", price_rial=30_000_000, pieces=1)
    large = add_variant(work=work, title_fa="گبه بزرگ", title_en="Large gabbeh", price_rial=60_000_000, pieces=2)
    [group] = nodes(page(client, path_of(work)), "ProductGroup")
    assert (group["productGroupID"], "offers" in group) == (str(work.pk), False)
    assert [(one["name"], one["sku"], [offer["price"] for offer in one["offers"]]) for one in group["hasVariant"]] == [
        ("Small gabbeh", str(small.pk), ["30000000"]),
        ("Large gabbeh", str(large.pk), ["60000000"]),
    ]


@pytest.mark.parametrize(
    ("language", "name", "body"),
    [("fa", "مهر اصالت ملی", "میراث فرهنگی"), ("en", "National seal", "Cultural Heritage")],
)
def test_a_seal_in_force_is_a_certification(client, market, language, name, body):
    assert product(client, market[0], language)["hasCertification"] == [
        {
            "@type": "Certification",
            "name": name,
            "issuedBy": {"@type": "Organization", "name": body},
            "certificationIdentification": "S-1",
            "validFrom": "2025-01-01",
            "expires": "2028-01-01",
            "certificationStatus": "https://schema.org/CertificationActive",
        }
    ]


def test_a_demo_seal_says_so_to_machines_too(client, market, seal):
    SealGrant.objects.filter(pk=seal.pk).update(is_demo=True)
    assert product(client, market[0])["hasCertification"][0]["description"] == "demo"


def test_a_revoked_seal_is_claimed_no_more(client, market, seal):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on="2026-11-22")
    assert "hasCertification" not in product(client, market[0])


def test_breadcrumbs_lead_from_home_to_the_page_itself(client, market):
    [way] = nodes(page(client, path_of(market[0])), "BreadcrumbList")
    assert [(one["position"], one["name"], one["item"].removeprefix(HOST)) for one in way["itemListElement"]] == [
        (1, "Home", "/en/"),
        (2, "Loom weaves", "/en/crafts/flatweave/"),
        (3, "Kilim weaving", "/en/craft/kilim/"),
        (4, "Shiriki-pich kilim", f"/en{path_of(market[0])}"),
    ]


def test_home_names_the_market_and_its_search(client, market):
    html = page(client, "/")
    [site] = nodes(html, "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOST}/en/search/?q={{search_term_string}}"
    assert [market["url"] for market in nodes(html, "Organization")] == [f"{HOST}/en/"]


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/city/sirjan/", "City", "Sirjan"),
        ("/craft/kilim/", "DefinedTerm", "Kilim weaving"),
        ("/crafts/flatweave/", "DefinedTerm", "Loom weaves"),
        ("/maker/weaver/", "Organization", "Kilim workshop"),
        ("/venue/qaleh-mahmoud/", "Store", "Qaleh Mahmoud bazaar"),
    ],
)
def test_a_list_says_what_it_is_about_and_names_its_works(client, market, path, kind, name):
    [listed] = nodes(page(client, path), "CollectionPage")
    assert (listed["about"]["@type"], listed["about"]["name"]) == (kind, name)
    works = listed["mainEntity"]
    assert works["numberOfItems"] == 1
    assert [(one["position"], one["item"]) for one in works["itemListElement"]] == [
        (1, f"{HOST}/en{path_of(market[0])}")
    ]


def test_a_city_stands_where_it_is_known_to_stand(client, market):
    [listed] = nodes(page(client, "/city/sirjan/"), "CollectionPage")
    assert listed["about"]["geo"] == {"@type": "GeoCoordinates", "latitude": "29.450", "longitude": "55.680"}
    [listed] = nodes(page(client, "/city/kerman-city/"), "CollectionPage")
    assert "geo" not in listed["about"]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_is_read_by_rdflib_and_uses_words_of_schema_org_only(client, market, language):
    paths = ["/", "/city/sirjan/", "/craft/kilim/", "/crafts/flatweave/", "/maker/weaver/", "/venue/qaleh-mahmoud/"]
    for path in [*paths, "/makers/", "/crafts/", "/search/", *(path_of(work) for work in market)]:
        html = page(client, path, language)
        assert len(blocks(html)) == 1, path
        statements = graph(html)
        assert len(statements) > 3, path
        assert unknown_terms(statements) == set(), path


def test_no_text_of_a_maker_ends_the_block(client, market):
    Product.objects.filter(pk=market[0].pk).update(description_en="A </script><script>alert(1)</script> & <!-- kilim")
    html = page(client, path_of(market[0]))
    assert len(blocks(html)) == 1
    assert "alert(1)</script>" not in html
    text = str(data_block([{"name": "</script> & \u2028"}]))
    assert text.count("<") == 2
    assert json.loads(text.partition(">")[2].rpartition("<")[0])["@graph"] == [{"name": "</script> & \u2028"}]
