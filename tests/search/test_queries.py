"""Finding works: words, spellings, facets, pages."""

from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works


def found(text="", **more):
    return find(SearchRequest(text=text, **more)).ids


def test_every_spelling_of_a_kilim_finds_it(kilim, foreign_tray):
    index_works([kilim.pk, foreign_tray.pk])
    for text in (
        "گلیم",
        "گلیم بافی",
        "گلیم‌بافی",
        "گلیمبافی",
        "kilim",
        "gelim",
        "'gdl",
        "گلی",
        "گليم",
        "سیرجان",
        "shiriki",
    ):
        assert found(text) == [kilim.pk], text
    assert found() == [foreign_tray.pk, kilim.pk]
    page = find(SearchRequest(facets={"city": ("sirjan",)}))
    print(page)
    assert page.ids == [kilim.pk]
