"""Every paper as veraPDF sees it: PDF/UA-1. It comes from Maven; a PDF without tags shows that it does refuse."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from marketplace.export.papers import files
from marketplace.export.papers.facts import facts_of
from marketplace.export.papers.paper import KINDS, paper

HERE = Path(__file__).parent / "verapdf"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def jars(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("jars")
    copy = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
    subprocess.run([*copy, f"-DoutputDirectory={folder}"], check=True, timeout=300, capture_output=True)
    return folder


def verdicts(jars: Path, folder: Path) -> dict[str, tuple[str, str]]:
    """File → whether it is PDF/UA-1, and the first rule it breaks."""
    papers = sorted(str(one) for one in folder.glob("*.pdf"))
    done = subprocess.run(
        ["java", "-cp", f"{jars}/*", str(HERE / "Check.java"), *papers],
        check=True,
        timeout=300,
        capture_output=True,
        text=True,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.startswith("CHECKED\t")]
    return {Path(name).name: (verdict, broken) for _mark, name, verdict, _checks, broken in rows}


def test_every_paper_is_pdf_ua_1_in_both_languages(packed, jars, tmp_path):
    facts = facts_of(packed)
    for language in ("fa", "en"):
        for kind in KINDS:
            (tmp_path / f"{kind}-{language}.pdf").write_bytes(files.as_pdf(paper(kind, facts, language=language)))
        (tmp_path / f"marks-{language}.pdf").write_bytes(files.marks_pdf(facts, language=language))
    found = verdicts(jars, tmp_path)
    assert len(found) == 2 * (len(KINDS) + 1)
    assert {name: said for name, said in found.items() if said != ("yes", "")} == {}


def test_a_pdf_without_tags_is_refused(jars, tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(str(tmp_path / "bare.pdf"))
    verdict, broken = verdicts(jars, tmp_path)["bare.pdf"]
    assert (verdict, broken != "") == ("no", True)
