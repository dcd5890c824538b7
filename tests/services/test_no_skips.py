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
    """Run pytest in a process of its own on the given files beside one that passes."""

    def _run(no_skips: str, *options: str, **files: str) -> pytest.RunResult:
        monkeypatch.setenv("CI_NO_SKIPS", no_skips)
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        pytester.makepyfile(test_passing=PASSING, **{f"test_{name}": source for name, source in files.items()})
        plain = ("-p", "tests.services.no_skips", "-p", "no:django", "-p", "no:randomly")
        return pytester.runpytest_subprocess(*plain, *options)

    return _run


@pytest.mark.parametrize("workers", ["0", "1"])
def test_each_kind_of_skip_is_named_and_the_run_fails_when_skips_are_forbidden(run, workers):
    result = run("1", "-n", workers, **SKIPPING_FILES)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1, skipped=3, xfailed=1)
    named = result.stdout.str().partition("not run, and CI_NO_SKIPS is set")[2]
    assert [name for name in SKIPPING_FILES if f"test_{name}.py" not in named] == []


def test_one_skip_is_enough(run):
    assert run("1", a_skip=SKIPPING_FILES["a_skip_inside_a_test"]).ret == pytest.ExitCode.TESTS_FAILED


def test_skips_are_allowed_otherwise(run):
    assert run("", **SKIPPING_FILES).ret == pytest.ExitCode.OK


def test_a_run_without_skips_stays_green(run):
    assert run("1").ret == pytest.ExitCode.OK
