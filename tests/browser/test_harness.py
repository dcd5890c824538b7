"""The checkers see what they are meant to see: each is shown a page with a known fault and one without."""

import http.server
import threading

import pytest

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A kilim of Sirjan</title></head>
<body><main><h1>A kilim of Sirjan</h1><p>Woven by hand.</p></main></body></html>"""
FAULTY = SOUND.replace("<p>", '<img src="/kilim.png"><center>Sirjan</center><p style="color:#ccc;background:#fff">')


@pytest.fixture(scope="module")
def pages():
    """A server of two still pages; the sound one forbids inline scripts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = (FAULTY if "faulty" in self.path else SOUND).encode()
            self.send_response(200 if self.path in {"/sound", "/faulty"} else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "script-src 'none'")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Keep the tests' output quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_html_checker_accepts_a_sound_page_and_names_the_faults_of_another(nu_check, pages):
    assert nu_check(SOUND) == []
    assert nu_check(f"{pages}/sound") == []
    assert any("alt" in error for error in nu_check(FAULTY))
    assert any("center" in error for error in nu_check(f"{pages}/faulty"))
    assert nu_check(f"{pages}/not-there") == []


def test_axe_accepts_a_sound_page_and_names_the_faults_of_another(axe, page_at, pages):
    page = page_at(360, "en")
    page.goto(f"{pages}/sound")
    assert axe(page) == []

    page.goto(f"{pages}/faulty")
    assert {violation.split()[0] for violation in axe(page)} == {"image-alt", "color-contrast"}


def test_axe_waits_until_colours_have_changed(axe, page_at):
    page = page_at(360, "en")
    page.set_content(SOUND.replace("<p>", "<p style='color: #ccc; transition: color 3s'>"))
    page.evaluate("getComputedStyle(document.querySelector('p')).color")
    page.evaluate("document.querySelector('p').style.color = '#000'")

    assert axe(page) == []


@pytest.mark.parametrize(("width", "lang", "dark"), [(360, "fa", True), (1440, "en", False)])
def test_a_page_has_the_width_language_and_colours_asked_for(page_at, pages, width, lang, dark):
    page = page_at(width, lang, dark)
    page.goto(f"{pages}/sound")

    seen = page.evaluate(
        "[innerWidth, navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, devicePixelRatio]"
    )

    assert seen == [width, {"fa": "fa-IR", "en": "en-GB"}[lang], dark, 1]


def test_another_host_a_broken_policy_and_a_script_error_are_complained_of(page_at, watch, pages):
    page = page_at()
    page.goto(f"{pages}/sound")
    page.evaluate("new Image().src = 'http://elsewhere.example/pixel.png'")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(300)

    kinds = sorted(complaint.split(":")[0][:20] for complaint in watch.complaints)
    watch.complaints.clear()

    assert len(kinds) == 3
    assert kinds[-1] == "script error"


def test_the_weight_counts_every_byte_of_the_first_view(first_view_bytes, page_at, pages):
    weight = first_view_bytes(page_at(), f"{pages}/sound")

    assert len(SOUND) < weight < len(SOUND) + 1000


def test_a_page_wider_than_its_window_is_measured(page_at, sideways_scroll):
    page = page_at(360)
    page.set_content("<meta charset=utf-8><div style='width: 100px'></div>")
    assert sideways_scroll(page) == 0

    page.set_content("<meta charset=utf-8><body style='margin: 0'><div style='width: 400px; height: 1px'></div>")
    assert sideways_scroll(page) == 40
