import pytest

HEADER = "Content-Security-Policy"


@pytest.fixture
def chief_client(client, buyer, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    buyer.is_superuser = buyer.is_staff = True
    buyer.save()
    client.force_login(buyer)
    return client


def test_the_editor_may_have_scripts_in_its_pages_and_nobody_elses(chief_client):
    policy = chief_client.get("/cms/").headers[HEADER]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy


@pytest.mark.parametrize("path", ["/about/", "/cmsx/", "/en/cms/", "/admin/"])
def test_every_other_page_stays_strict(chief_client, path):
    policy = chief_client.get(path).headers[HEADER]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
