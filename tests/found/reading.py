"""Reads what our pages say to machines with parsers of others: Beautiful Soup for the page, rdflib for the JSON-LD in it."""

import json

from bs4 import BeautifulSoup
from rdflib import RDF, Graph
from rdflib.namespace import SDO

#: Terms of schema.org that are younger than rdflib's list of them.
YOUNGER = {
    *("Certification", "CertificationActive", "hasCertification", "certificationIdentification", "certificationStatus"),
    *("MadeToOrder", "applicableCountry"),
    "query-input",  # the written form of an action's input, as schema.org's page on actions has it
}
VOCABULARY = "https://schema.org/"
#: Properties whose values are addresses of schema.org or of pages, as its own context says.
ADDRESSES = {
    *("url", "item", "availability", "itemCondition", "image", "returnPolicyCategory", "returnFees", "refundType"),
    "certificationStatus",
}
CONTEXT = {"@vocab": VOCABULARY, **{name: {"@type": "@id"} for name in ADDRESSES}}


def blocks(html: str) -> list[dict]:
    """Every block of JSON-LD of a page, as JSON."""
    found = BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json")
    return [json.loads(block.string) for block in found]


def nodes(html: str, kind: str) -> list[dict]:
    """The nodes of one type at the top of a page's one block."""
    [block] = blocks(html)
    return [node for node in block["@graph"] if node["@type"] == kind]


def graph(html: str) -> Graph:
    """A page's statements, read by rdflib; schema.org's context is not fetched, ours says the same of the terms we use."""
    found = Graph()
    for block in blocks(html):
        assert block["@context"] == "https://schema.org"
        found.parse(data=json.dumps(block | {"@context": CONTEXT}), format="json-ld")
    return found


def unknown_terms(found: Graph) -> set[str]:
    """Terms used in a graph that schema.org does not have."""
    used = {str(predicate) for predicate in found.predicates()} | {str(kind) for kind in found.objects(None, RDF.type)}
    used |= {str(value) for value in found.objects() if str(value).startswith(VOCABULARY)}
    names = {term.removeprefix(VOCABULARY) for term in used if term.startswith(VOCABULARY)}
    foreign = {term for term in used if not term.startswith(VOCABULARY)} - {str(RDF.type)}
    return foreign | {name for name in names - YOUNGER if name not in SDO}
