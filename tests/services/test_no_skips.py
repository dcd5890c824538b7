"""CI_NO_SKIPS=1 must fail a run that a skip would have left green, with and without xdist."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SKIPPING_FILES = {
    "a_skipped_test": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_it(): pass\n",
    "a_skip_inside_a_test": "import pytest\ndef test_it(): pytest.skip('no server')\n",
    "a_whole_skipped_file": "import pytest\npytest.skip('no server', allow_module_level=True)\n",
    "an_expected_failure": "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n",
}
ROOT = Path(__file__).resolve().parents[2]
PASSING = "def test_it(): pass\n"


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest in a process of its own on the given file beside one that passes."""

    def _run(source: str, no_skips: str, *options: str) -> pytest.RunResult:
        monkeypatch.setenv("CI_NO_SKIPS", no_skips)
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        pytester.makepyfile(test_passing=PASSING, test_given=source)
        plain = ("-p", "tests.services.no_skips", "-p", "no:django", "-p", "no:randomly")
        return pytester.runpytest_subprocess(*plain, *options)

    return _run


@pytest.mark.parametrize("workers", ["0", "1"])
@pytest.mark.parametrize("source", SKIPPING_FILES.values(), ids=SKIPPING_FILES)
def test_a_skip_fails_the_run_when_skips_are_forbidden(run, source, workers):
    result = run(source, "1", "-n", workers)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*not run, and CI_NO_SKIPS is set*", "test_given.py*"])


@pytest.mark.parametrize("source", SKIPPING_FILES.values(), ids=SKIPPING_FILES)
def test_a_skip_is_allowed_otherwise(run, source):
    assert run(source, "").ret == pytest.ExitCode.OK


def test_a_run_without_skips_stays_green(run):
    assert run(PASSING, "1").ret == pytest.ExitCode.OK
