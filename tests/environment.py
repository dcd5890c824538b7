"""Loaded by pytest before the settings: the tests' own environment."""

import os
import tempfile

os.environ.setdefault("RASTEH_ENV", "test")
os.environ.setdefault("RASTEH_VAR", tempfile.mkdtemp(prefix="rasteh-test-"))
