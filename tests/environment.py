"""Loaded by pytest before the settings: the tests' own environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from marketplace.core.message_catalogues import compile_catalogues

os.environ.setdefault("RASTEH_ENV", "test")
if "RASTEH_VAR" not in os.environ:
    os.environ["RASTEH_VAR"] = tempfile.mkdtemp(prefix="rasteh-test-")
    atexit.register(shutil.rmtree, os.environ["RASTEH_VAR"], ignore_errors=True)

# Compiled catalogues are not in the repository; without them a test would read English where a person reads Persian.
compile_catalogues([Path(__file__).parent.parent / "marketplace" / "locale"])
