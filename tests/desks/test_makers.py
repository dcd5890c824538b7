import pytest

from marketplace.makers.models import Maker
from marketplace.partner.models import Partner


@pytest.fixture
def newcomer(client, buyer):
    client.force_login(buyer)
    return client


def typed(place, craft, **changes):
    return {
        "name_fa": "کارگاه نو",
        "name_en": "New Workshop",
        "kind": "home",
        "city": place.pk,
        "crafts": [craft.pk],
    } | changes


def test_who_is_no_maker_is_told_how_to_become_one(newcomer, sirjan, kilim_craft):
    page = newcomer.get("/en/desk/").content.decode()
    assert ("Become a maker" in page, "What the checklist asks for" in page) == (True, True)


def test_a_person_becomes_a_maker_whose_joining_begins(newcomer, buyer, sirjan, kilim_craft):
    response = newcomer.post("/desk/become/", typed(sirjan, kilim_craft))
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/join/")
    maker = Maker.objects.get(owner=buyer)
    assert (maker.slug, maker.name_fa, maker.kind, maker.city, list(maker.crafts.all())) == (
        "new-workshop",
        "کارگاه نو",
        "home",
        sirjan,
        [kilim_craft],
    )
    assert (maker.licences.count(), Partner.objects.get(maker=maker).code) == (0, "new-workshop")
    assert maker.state == "started"
    assert "Your works can be offered once an officer approved" in newcomer.get("/en/desk/").content.decode()


def test_pressing_twice_makes_one_maker(newcomer, sirjan, kilim_craft):
    for _press in range(2):
        newcomer.post("/desk/become/", typed(sirjan, kilim_craft))
    assert (Maker.objects.count(), Partner.objects.count()) == (1, 1)


def test_a_name_that_is_taken_gets_an_address_of_its_own(newcomer, weaver, sirjan, kilim_craft):
    newcomer.post("/desk/become/", typed(sirjan, kilim_craft, name_en="Weaver"))
    slugs = set(Maker.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    assert all(slug.startswith("weaver") for slug in slugs)


def test_a_wrong_form_keeps_what_was_typed_and_makes_no_one(newcomer, sirjan, kilim_craft):
    response = newcomer.post("/desk/become/", typed(sirjan, kilim_craft, name_en="", city=""))
    page = response.content.decode()
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"name_en", "city"})
    assert "کارگاه نو" in page
    assert f'value="{kilim_craft.pk}" checked' in page
    assert Maker.objects.count() == 0


def test_the_desk_lists_works_with_their_state_and_places(at_desk, kilim, foreign_tray):
    response = at_desk.get("/en/desk/")
    row = response.context["rows"][0]
    assert len(response.context["rows"]) == 1
    assert (row.work, row.state, row.state_class, [(o.price_rial, o.left) for o in row.offers]) == (
        kilim,
        "On sale",
        "good",
        [(180_000_000, 3)],
    )
    assert "Copper tray" not in response.content.decode()
