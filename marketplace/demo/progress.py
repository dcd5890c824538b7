"""A bar on the terminal; where there is none, nothing but the last line."""

import sys
from typing import TextIO

_WIDTH = 30


class Bar:
    """Shows how much of a known total is done."""

    def __init__(self, label: str, total: int, out: TextIO | None = None) -> None:
        self.label, self.total, self.done = label, total, 0
        self.out = out or sys.stderr
        self.shown = total > 0 and self.out.isatty()

    def __call__(self, more: int) -> None:
        """So many more are done."""
        self.done += more
        if not self.shown:
            return
        filled = _WIDTH * self.done // self.total
        end = "\n" if self.done >= self.total else ""
        self.out.write(f"\r{self.label:<12} [{'█' * filled}{'·' * (_WIDTH - filled)}] {self.done}/{self.total}{end}")
        self.out.flush()
