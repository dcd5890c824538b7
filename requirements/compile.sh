#!/usr/bin/env bash
# Make both locks anew: every platform, Python 3.11 to 3.13, hashes, wheels only, no index addresses. Needs `pip install uv`.
set -euo pipefail
cd "$(dirname "$0")"
for name in run dev; do
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --no-header --no-annotate --only-binary :all: --quiet "$name.in" -o "$name.lock"
done
