#!/bin/sh
# Make .venv when it is missing and bring it to a lock: `requirements/install.sh run` or `dev` (dev holds all of run).
# Wheels only, hashes checked, and nothing asked of the network while the lock is the one installed. PYTHON= chooses one.
set -eu
cd "$(dirname "$0")/.."
lock=requirements/$1.lock
suits='import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

if ! .venv/bin/python -c "$suits" 2>/dev/null; then
  for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$python" -c "$suits" 2>/dev/null; then found=$python; break; fi
  done
  if [ -z "${found:-}" ]; then
    echo "Python 3.11, 3.12 or 3.13 with its venv module is needed${PYTHON:+, and $PYTHON is not one}." >&2
    echo "On Debian: apt-get install python3-venv. Another Python can be named: make run PYTHON=/path/to/python3.12" >&2
    exit 1
  fi
  echo "Making .venv with $("$found" --version) …"
  "$found" -m venv --clear .venv
fi

sum=$(cksum <"$lock")
stamp=.venv/.installed-$1
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
  echo "Installing the packages of $lock, about half a minute …"
  .venv/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes --only-binary :all: -r "$lock"
  echo "$sum" >"$stamp"
  if [ "$1" = dev ]; then cksum <requirements/run.lock >.venv/.installed-run; fi
fi
