"""A seal and a label, from the maker's application to the day both are revoked, each person in a browser of their own."""

import re

import pypdfium2
import pytest
import zxingcpp

from authenticity.codes import read_code
from authenticity.reading import code_in_photo
from marketplace.core.persian import to_latin_digits
from marketplace.demo.accounts import ARTISAN, BUYER, EXPORTER, MANAGER, OFFICER
from tests.desks.papers import PDF
from tests.journeys.steps import path_of, press, sign_in
from tests.journeys.test_maker import photo

pytestmark = pytest.mark.browser

SCHEME, SCHEME_FA, SCHEME_EN = "quality-mark", "نشان مرغوبیت", "Quality mark"
JURORS = (BUYER, EXPORTER, MANAGER)
#: Dots an inch at which a label sheet is looked at.
DPI = 300
SCRATCH = re.compile(r"(?<![-\w])[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}(?![-\w])")
LATIN_DIGITS = re.compile(r"[0-9]")


def work_of_line(site) -> tuple[int, int]:
    """A work of the artisan's and its product line, one that has not the seal that is asked for."""
    return site.sql(
        "SELECT p.id, p.product_line_id FROM catalogue_product p JOIN makers_maker m ON m.id = p.maker_id "
        "JOIN core_user u ON u.id = m.owner_id WHERE u.username = 'artisan' AND p.product_line_id NOT IN "
        "(SELECT g.product_line_id FROM authenticity_sealgrant g JOIN authenticity_sealscheme s ON s.id = g.scheme_id "
        "WHERE s.slug = ?) AND p.origin_state = 'domestic' ORDER BY p.id",
        SCHEME,
    )[0]


def apply_for_seal(page, site, line: int) -> None:
    page.goto("/desk/")
    press(page, page.locator(".desk-nav a[href='/desk/seals/']"))
    press(page, page.locator(f"main a[href='/desk/seals/new/?line={line}']"))
    scheme = site.sql("SELECT id FROM authenticity_sealscheme WHERE slug = ?", SCHEME)[0][0]
    page.locator("[name=scheme]").select_option(str(scheme))
    assert page.locator("[name=line]").input_value() == str(line)
    page.locator("[name=paper_1]").set_input_files(photo("#8c2f2b", "JPEG"))
    page.locator("[name=title_1]").fill("پشت کار")
    page.locator("[name=names_1]").uncheck()
    page.locator("[name=paper_2]").set_input_files({"name": "p.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator("[name=title_2]").fill("پروانهٔ تولید")
    press(page, page.locator("main form .btn[type=submit]"))
    assert path_of(page).startswith("/desk/seals/")


def decide(page, site, kind: str, decision: str) -> None:
    """The officer's inbox → the newest matter of a kind → a decision."""
    page.goto(f"/desk/officer/?kind={kind}")
    matter = site.sql("SELECT MAX(id) FROM matters_matter WHERE kind = ? AND decided_at IS NULL", kind)[0][0]
    press(page, page.locator(f"main a[href^='/desk/officer/{matter}/']").first)
    page.locator(f".deciding input[value={decision}]").check()
    press(page, page.locator(".deciding button.btn"))
    assert site.sql("SELECT decision FROM matters_matter WHERE id = ?", matter) == [(decision,)]


def call(page, account) -> None:
    """One more juror, by mail address."""
    page.locator("[name=other]").fill(account.email)
    press(page, page.locator("main form:has([name=act][value=call]) .btn"))
    assert page.locator("main .form-errors").count() == 0


def score(page, account) -> None:
    """A juror's points; the dossier tells neither maker nor city."""
    sign_in(page, account)
    page.goto("/desk/jury/")
    press(page, page.locator("main .plain-lines a").last)
    dossier = page.locator("main").inner_text()
    assert "سیرجان" not in dossier
    fields = page.locator("main [name^=points_]")
    for number in range(fields.count()):
        fields.nth(number).fill("۸")
    press(page, page.locator("main form .btn[type=submit]"))
    assert page.locator("main [name^=points_]").count() == 0


def seals_shown(page_at, site, work: int) -> tuple[bool, bool]:
    """Whether a work's page names the seal: in Persian, in English."""
    slug = site.sql("SELECT slug FROM catalogue_product WHERE id = ?", work)[0][0]
    told = []
    for lang, prefix, name in (("fa", "", SCHEME_FA), ("en", "/en", SCHEME_EN)):
        page = page_at(360, lang)
        page.goto(f"{prefix}/work/{work}/{slug}/")
        told.append(any(name in text for text in page.locator("main .seal-list .seal").all_inner_texts()))
    return told[0], told[1]


def print_label(page, work: int) -> bytes:
    """The maker's one label, as PDF."""
    page.goto("/desk/labels/")
    press(page, page.locator("main a[href='/desk/labels/new/']"))
    page.locator("[name=work]").select_option(str(work))
    page.locator("[name=count]").fill("۱")
    page.locator("[name=layout]").select_option("a4-2x4")
    press(page, page.locator("main form .btn[type=submit]"))
    with page.expect_download() as coming:
        page.locator("main a[href$='/sheet.pdf']").click()
    pdf = coming.value.path().read_bytes()
    press(page, page.locator("main form[action$='/printed/'] button"))
    assert page.locator("main a[href$='/sheet.pdf']").count() == 0
    return pdf


def read_label(pdf: bytes) -> tuple[str, str]:
    """What a phone reads in the label's square, and the word that is scratched free."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[0]
    picture = sheet.render(scale=DPI / 72).to_pil()
    address = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)[0].text
    assert code_in_photo(picture) == read_code(address) != ""
    (scratch,) = [found for line in lines_of(sheet) for found in SCRATCH.findall(line)]
    document.close()
    return address, scratch


def lines_of(sheet) -> list[str]:
    """The lines of a page as they are seen, from left to right: the reader of text would put letters and digits in another order."""
    text, rows = sheet.get_textpage(), {}
    for place in range(text.count_chars()):
        left, bottom, _right, _top = text.get_charbox(place, loose=True)
        rows.setdefault(round(bottom), []).append((left, text.get_text_range(place, 1)))
    return ["".join(letter for _left, letter in sorted(row)) for row in rows.values()]


def facts_of(page) -> str:
    return page.locator("main").inner_text()


def test_a_seal_and_a_label_from_application_to_revocation(live_site, page_at):
    work, line = work_of_line(live_site)
    maker, officer = page_at(360, "fa"), page_at(1440, "fa")
    sign_in(maker, ARTISAN)
    sign_in(officer, OFFICER)
    assert seals_shown(page_at, live_site, work) == (False, False)

    # asked for, found whole, scored, granted
    apply_for_seal(maker, live_site, line)
    decide(officer, live_site, "seal_papers", "whole")
    application = live_site.sql("SELECT MAX(id) FROM authenticity_sealapplication")[0][0]
    officer.goto(f"/desk/officer/applications/{application}/")
    for juror in JURORS:
        call(officer, juror)
    for juror in JURORS:
        score(page_at(360, "fa"), juror)
    officer.reload()
    press(officer, officer.locator("main form:has([name=act][value=close]) .btn"))
    decide(officer, live_site, "seal_decision", "grant")
    officer.goto(f"/desk/officer/applications/{application}/")
    press(officer, officer.locator("main a[href^='/desk/officer/grants/']"))
    grant = path_of(officer)
    officer.locator("[name=file]").set_input_files({"name": "c.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(officer, officer.locator("button[name=certificate]"))
    assert live_site.sql("SELECT LENGTH(certificate_digest) FROM authenticity_sealgrant ORDER BY id DESC LIMIT 1") == [
        (64,)
    ]
    assert seals_shown(page_at, live_site, work) == (True, True)

    # labelled, read, activated by a buyer abroad
    address, scratch = read_label(print_label(maker, work))
    code = read_code(address)
    assert address == f"{live_site.url}/v/{code}"
    abroad = page_at(360, "en")
    abroad.goto(address)
    assert path_of(abroad) == f"/en/v/{code}"
    assert abroad.locator("h1").inner_text() == "Recorded, not yet activated"
    for told in (SCHEME_EN, "Sirjan", "this is the first time"):
        assert told in facts_of(abroad)
    abroad.locator("summary").click()
    abroad.locator("[name=scratch]").fill(scratch)
    press(abroad, abroad.locator("details form .button"))
    assert (path_of(abroad), abroad.locator("h1").inner_text()) == (f"/en/v/{code}", "Recorded and valid")
    scans = (
        "SELECT s.kind FROM authenticity_scan s JOIN authenticity_passport p ON p.id = s.passport_id WHERE p.code = ?"
    )
    assert [kind for (kind,) in live_site.sql(scans, code)].count("activated") == 1
    press(abroad, abroad.locator("header a[hreflang=fa]"))
    assert (path_of(abroad), abroad.locator("h1").inner_text()) == (f"/v/{code}", "ثبت‌شده و معتبر")
    shown = facts_of(abroad).replace(abroad.locator("dd bdi").all_inner_texts()[0], "")
    serial = live_site.sql("SELECT serial FROM authenticity_passport WHERE code = ?", code)[0][0]
    assert LATIN_DIGITS.findall(shown.replace(serial, "")) == []

    # both revoked
    officer.goto("/desk/officer/passports/")
    officer.locator("main [name=label]").fill(code.lower())
    press(officer, officer.locator("main form.narrow button"))
    press(officer, officer.locator("main table a"))
    revoke(officer, "برچسب روی اثر دیگری دیده شد")
    abroad.goto(address)
    assert abroad.locator("h1").inner_text() == "Revoked"
    assert "برچسب روی اثر دیگری دیده شد" in facts_of(abroad)
    assert abroad.locator("form").count() == 0
    assert seals_shown(page_at, live_site, work) == (True, True)

    slug = live_site.sql("SELECT slug FROM makers_maker WHERE owner_id IS NOT NULL")[0][0]
    officer.goto(f"/desk/officer/makers/{slug}/")
    press(officer, officer.locator(f"main a[href='{grant}']"))
    revoke(officer, "اثرها دیگر با معیارها نمی‌خوانند")
    assert seals_shown(page_at, live_site, work) == (False, False)
    abroad.reload()
    assert SCHEME_EN not in facts_of(abroad)
    maker.goto("/desk/notices/")
    notices = maker.locator("main").inner_text()
    assert "برچسب روی اثر دیگری دیده شد" in notices
    assert "اثرها دیگر با معیارها نمی‌خوانند" in notices
    assert to_latin_digits(notices) != notices


def revoke(page, reason: str) -> None:
    page.locator("[name=act][value=revoke]").check()
    page.locator("[name=reason]").fill(reason)
    press(page, page.locator("main form:has([name=act]) .btn"))
    assert page.locator("[name=act]").count() == 0
