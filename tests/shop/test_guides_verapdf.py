"""Every guide's paper as veraPDF sees it: PDF/UA-1."""

import pytest

from marketplace.shop.guide_paper import guide_pdf
from marketplace.shop.guides import NAMES
from tests.export.papers.test_verapdf import jars, verdicts  # noqa: F401

pytestmark = pytest.mark.browser


def test_every_guide_is_pdf_ua_1_in_both_languages(jars, tmp_path):  # noqa: F811
    for name in NAMES:
        for language in ("fa", "en"):
            (tmp_path / f"{name}-{language}.pdf").write_bytes(guide_pdf(name, language))
    found = verdicts(jars, tmp_path)
    assert len(found) == 6
    assert {name: said for name, said in found.items() if said != ("yes", "")} == {}
