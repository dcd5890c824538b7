"""With CI_NO_SKIPS=1 a test that was skipped fails the run: where every server is at hand nothing has an excuse.

Loaded by `-p tests.services.no_skips`. An expected failure counts too: it is a test that nobody has to make pass.
"""

import os
from collections.abc import Iterator

import pytest


class NoSkips:
    """Notes each skip, of a test or of a whole file, and turns a green end red."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        yield
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("not run, and CI_NO_SKIPS is set", sep="=", red=True)
            for line in sorted(set(self.skipped)):
                terminalreporter.line(line)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
            self.skipped.append(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    """Stay out of the way unless asked, and out of xdist's workers: their reports reach the controller."""
    if os.environ.get("CI_NO_SKIPS") == "1" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(NoSkips(), "no-skips")
