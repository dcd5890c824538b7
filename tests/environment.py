"""Loaded by pytest before the settings: the tests' own environment."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("RASTEH_ENV", "test")
if "RASTEH_VAR" not in os.environ:
    os.environ["RASTEH_VAR"] = tempfile.mkdtemp(prefix="rasteh-test-")
    atexit.register(shutil.rmtree, os.environ["RASTEH_VAR"], ignore_errors=True)
