"""Leaflet comes out of its package: the files our pages load, and no other."""

from django.contrib.staticfiles import finders


def test_leaflet_is_found_and_its_admin_parts_are_not():
    for name in ("leaflet/leaflet.js", "leaflet/leaflet.css"):
        assert (finders.find(name) or "").endswith(name)
    assert finders.find("leaflet/draw/leaflet.draw.js") is None
    assert finders.find("leaflet/leaflet.forms.js") is None
