"""One style sheet on the way to the first line: made of the small ones, in their order, whole."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from marketplace.ui.stylesheets import BUNDLES, BundleFinder, bundle

SOURCES = settings.BASE_DIR / "static" / "css"
SHEET = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')


@pytest.fixture
def finder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return BundleFinder()


def test_a_bundle_holds_every_sheet_whole_and_in_order():
    assert BUNDLES["css/market.css"] == ("tokens", "base", "forms", "parts", "pages", "print", "shop", "cities")
    for name, parts in BUNDLES.items():
        text = bundle(name)
        places = [text.index((SOURCES / f"{part}.css").read_text(encoding="utf-8")) for part in parts]
        assert places == sorted(places)
        assert text.count("{") == text.count("}")
        assert "@import" not in text  # a sheet that asks for a sheet is one more round trip


def test_what_is_for_paper_stays_on_paper():
    assert "@media print {\n" + (SOURCES / "print.css").read_text(encoding="utf-8") + "}" in bundle("css/frame.css")


def test_the_files_a_bundle_names_are_the_fonts_and_the_weave():
    named = re.findall(r'url\("\.\./([^"]+)"\)', bundle("css/frame.css"))
    assert named == [*(f"fonts/rasteh-{weight}.woff2" for weight in (300, 400, 500, 700)), "icons/woven.svg"]


def test_only_bundles_are_found(finder):
    assert [name for name, _storage in finder.list([])] == ["css/frame.css", "css/market.css"]
    assert finder.find("css/base.css") == []
    assert finder.find("css/base.css", find_all=True) == []
    whole = finder.find("css/market.css")
    assert Path(whole).read_text(encoding="utf-8") == bundle("css/market.css")
    assert finder.find("css/market.css", find_all=True) == [whole]


def test_a_bundle_that_says_the_same_is_left_and_another_is_made_anew(finder):
    file = Path(finder.find("css/frame.css"))
    os.utime(file, (1, 1))
    assert finder.find("css/frame.css") == str(file)
    assert file.stat().st_mtime == 1

    file.write_text("old")
    finder.find("css/frame.css")
    assert file.read_text(encoding="utf-8") == bundle("css/frame.css")
    assert [part.name for part in file.parent.iterdir()] == ["frame.css"]


@pytest.mark.parametrize(("template", "sheet"), [("base.html", "css/frame.css"), ("shop/page.html", "css/market.css")])
def test_a_page_waits_for_one_sheet(template, sheet):
    assert SHEET.findall(render_to_string(template)) == [sheet]


def test_scripts_of_the_frame_give_way_to_pictures():
    html = render_to_string("base.html")
    assert re.findall(r'<script type="module" src="/static/js/(\w+)\.js"( fetchpriority="low")?', html) == [
        (name, ' fetchpriority="low"') for name in ("forms", "theme", "suggest")
    ]


@pytest.mark.parametrize(
    ("eager", "said"),
    [
        (1, ' fetchpriority="high"'),
        ("beside", ""),
        (0, ' loading="lazy" decoding="async"'),
        (None, ' loading="lazy" decoding="async"'),
    ],
)
def test_a_picture_is_asked_for_by_its_place(eager, said):
    html = render_to_string("partials/picture.html", {"picture": {"src": "/a.webp", "alt": "cup"}, "eager": eager})
    assert html.strip().endswith(f'<img src="/a.webp" width="600" height="600" alt="cup"{said}></div>')


def test_every_sheet_a_template_names_is_there():
    named = set()
    for template in (settings.BASE_DIR / "marketplace" / "templates").rglob("*.html"):
        named |= set(re.findall(r"{% static '(css/[^']+)' %}", template.read_text(encoding="utf-8")))
    assert {"css/frame.css", "css/market.css", "css/maps.css"} <= named
    assert [name for name in sorted(named) if not finders.find(name)] == []
