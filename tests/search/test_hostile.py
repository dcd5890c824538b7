"""Hostile texts get a page, with each engine, and what is harmless in them is still found."""

import pytest

from marketplace.search.queries import SearchPage, SearchRequest, find, suggest
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db

HOSTILE = {
    "ten kilobytes of one letter": "a" * 10_000,
    "ten kilobytes of words": "گلیم مس " * 1_250,
    "ten kilobytes of signs that grow when folded": "\ufdfa" * 3_334,
    "every control character": "".join(map(chr, [*range(32), *range(127, 160)])),
    "lone surrogates": "\ud800\udfff",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "marks upon one letter": "ا" + "\u064b" * 5_000,
    "fields and ranges of Lucene": "title:* OR fx:[a TO z] AND NOT _exists_:id",
    "everything to Lucene": "*:*",
    "an open quotation": '"گلیم سیرجان',
    "an open bracket": "((((گلیم~2^9 AND (",
    "boosts and slops": 'گلیم^1e308 "گلیم سیرجان"~999999999',
    "a pattern of Lucene": "/.*(گلیم|مس){1,9999}/",
    "a script for the server": '{"script":{"source":"while(true){}"}}',
    "a bomb for backtracking": "(a+)+$ ^(.*a){64} (x+x+)+y",
    "a bomb in letters": "a" * 64 + "!" + "?*" * 64,
    "numbers without end": "زیر " + "9" * 5_000 + " میلیارد تومان",
    "prices upon prices": "زیر ۲ میلیون " * 700,
    "commas upon commas": "بین 1" + "," * 5_000 + " تا 2",
    "right-to-left overrides": "\u202eگلیم\u202c \u2066kilim\u2069\u200f",
    "half-spaces alone": "\u200c" * 500,
    "emoji": "👩🏽‍🎨🧵🪡 🏳️‍🌈",
    "SQL": "'; DROP TABLE catalogue_product; --",
    "a template": "{{ 7*7 }} {% debug %} ${7*7}",
    "a path": "../../../../etc/passwd%00",
}


@pytest.fixture
def shop(engine, kilim):
    index_works([kilim.pk])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_gets_a_page(shop, name):
    text = HOSTILE[name]
    for asked in (
        {"text": text},
        {"text": text, "sort": "price", "literal": True},
        {"text": f"گلیم {text}"[:10_000]},
        {"facets": {"technique": (text, text[:40]), "colour": (text[:80],), text[:20]: (text,)}},
        {"cursor": text},
    ):
        page = find(SearchRequest(**asked))
        assert isinstance(page, SearchPage)
        assert page.total <= 1
    assert len(suggest(text)) <= 8


@pytest.mark.parametrize(
    "text",
    ["\u202eگلیم\u202c", "گلیم 🧵", "\u2066گلیم\u2069!", "گ\u064eلیم", "«گلیم»", "گلیم\x00\x07", "+گلیم*", "گلیم؟!"],
)
def test_what_is_harmless_in_a_text_is_found(shop, kilim, text):
    assert find(SearchRequest(text=text)).ids == [kilim.pk]
