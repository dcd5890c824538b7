#!/usr/bin/env bash
# Make the locks anew: every platform, Python 3.11 to 3.13, hashes, no index addresses; wheels only where people live. Needs `pip install uv`.
set -euo pipefail
cd "$(dirname "$0")"
lock() {
  local name=$1; shift
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --no-header --no-annotate "$@" --quiet "$name.in" -o "$name.lock"
}
for name in run dev; do lock "$name" --only-binary :all:; done
lock stock_oscar
