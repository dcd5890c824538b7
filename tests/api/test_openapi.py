"""The API's description of itself."""

import pytest

pytestmark = pytest.mark.django_db


def test_every_address_and_problem_is_described(client):
    answer = client.get("/api/v1/openapi.json")
    schema = answer.json()
    assert sorted(schema["paths"]) == [
        f"/api/v1/{path}" for path in ("cities", "crafts", "makers", "makers/{slug}", "venues", "works", "works/{pk}")
    ]
    works = schema["paths"]["/api/v1/works"]["get"]
    assert works["operationId"] == "works"
    names = {parameter["name"] for parameter in works["parameters"]}
    assert {"q", "city", "craft", "seal", "venue", "price_min", "price_max", "sort", "limit", "cursor", "lang"} <= names
    assert list(works["responses"]["422"]["content"]) == ["application/problem+json"]
    assert list(schema["paths"]["/api/v1/works/{pk}"]["get"]["responses"]) == ["200", "422", "429", "500", "404"]


def test_the_root_leads_to_the_description(client):
    assert client.get("/api/v1/").url == "/api/v1/openapi.json"


def test_no_page_is_served(client):
    assert client.get("/api/v1/docs").status_code == 404
