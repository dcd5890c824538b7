#!/usr/bin/env bash
# A visitor's machine: a bare Debian with Python, venv, make and git, a clone of the current commit, then the README's
# first two commands. Needs root and debootstrap. The mounts and all processes live in namespaces of their own: they end
# with this script, whatever happens. DEBIAN_MIRROR= names another mirror than debootstrap's own.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cache=$here/.cache/clean-machine
packages=python3,python3-venv,make,git,ca-certificates
first_limit=300 second_limit=15 stop_limit=30

say() { printf '\n--- %s\n' "$*"; }
fail() { printf 'clean-machine: %s\n' "$*" >&2; exit 1; }

# --- outside: the root of the new machine

bare_debian() { # once; later runs unpack it
  [ -f "$cache/base.tar" ] && return
  say 'A bare Debian, once'
  command -v debootstrap >/dev/null || fail 'debootstrap is not installed: apt-get install debootstrap'
  rm -rf "$cache/base" && mkdir -p "$cache"
  debootstrap --variant=minbase --include="$packages" bookworm "$cache/base" ${DEBIAN_MIRROR:-} >"$cache/debootstrap.log" ||
    { tail -20 "$cache/debootstrap.log"; fail 'debootstrap did not finish'; }
  tar -C "$cache/base" -cf "$cache/base.tar.part" . && mv "$cache/base.tar.part" "$cache/base.tar"
  rm -rf "$cache/base"
}

copy_in() { # copy_in PATH [PATH IN THE MACHINE]: what the host has of it
  [ -e "$1" ] || return 0
  mkdir -p "$root$(dirname "${2:-$1}")" && cp -rL "$1" "$root${2:-$1}"
}

furnish() {
  tar -C "$root" -xf "$cache/base.tar"
  chroot "$root" useradd --create-home --shell /bin/bash visitor
  rm -f "$root/etc/resolv.conf"
  local path
  for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt \
    "${PIP_CERT:-}" "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}"; do
    [ -z "$path" ] || copy_in "$path"
  done
  copy_in "$HOME/.config/pip" /home/visitor/.config/pip
  copy_in "$HOME/.pip" /home/visitor/.pip
  git clone --quiet --no-hardlinks "$here" "$root/home/visitor/market"
  chroot "$root" chown -R visitor:visitor /home/visitor
  [ -z "$(git -C "$here" status --porcelain)" ] || echo 'Uncommitted changes are not part of this.'
}

# --- inside: the visitor

as_visitor() { # as_visitor COMMAND…: in the clone, with nothing of our environment but how packages are reached
  local settings
  [ -d "$root${PIP_FIND_LINKS:-/}" ] || unset PIP_FIND_LINKS # a folder of the host's own
  mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=|https?_proxy=|no_proxy=|HTTPS?_PROXY=|NO_PROXY=)')
  exec chroot --userspec=visitor:visitor "$root" env -i "${settings[@]}" HOME=/home/visitor LANG=C.UTF-8 \
    PATH=/usr/local/bin:/usr/bin:/bin sh -c 'cd /home/visitor/market && exec "$@"' sh "$@"
}

free_pair() { (cd "$here" && python3 -c 'from tests.services.server import free_port; print(free_port(2))'); } # site, gateway
seconds_since() { python3 -c 'import sys, time; print(f"{time.time() - float(sys.argv[1]):.1f}")' "$1"; }
visitors_processes() { find /proc -maxdepth 1 -name '[0-9]*' -uid "$visitor" 2>/dev/null || true; }

start() { # start LIMIT TITLE: make run until the home page answers
  local limit=$1 began; began=$(date +%s.%N)
  say "make run: $2"
  as_visitor env PORT="$port" make run >"$log" 2>&1 &
  job=$!
  until curl --silent --fail --output /dev/null --max-time 20 "http://127.0.0.1:$port/"; do
    kill -0 "$job" 2>/dev/null || { tail -40 "$log"; fail "make run ended before it answered"; }
    [ "$(seconds_since "$began" | cut -d. -f1)" -lt "$limit" ] || { tail -40 "$log"; fail "no answer within $limit s"; }
    sleep 0.2
  done
  took=$(seconds_since "$began")
  echo "answered after $took s (limit $limit)"
  [ "$(curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/readyz")" = 200 ] || fail '/readyz is not 200'
}

interrupt() { # Ctrl-C, as a terminal sends it: to the whole process group
  local began=$SECONDS left
  kill -INT -- "-$job"
  while left=$(visitors_processes) && [ -n "$left" ]; do
    [ $((SECONDS - began)) -lt "$stop_limit" ] || { tail -20 "$log"; fail "still running $stop_limit s after Ctrl-C: $(for p in $left; do tr '\0' ' ' <"$p/cmdline"; echo; done)"; }
    sleep 0.2
  done
  wait "$job" 2>/dev/null || true
  echo "all ended $((SECONDS - began)) s after Ctrl-C"
}

works() { # what a restart must not lose
  as_visitor python3 -c 'import sqlite3; print(*sqlite3.connect("var/rasteh.sqlite3").execute("SELECT (SELECT count(*) FROM catalogue_product), (SELECT count(*) FROM partner_stockrecord), (SELECT count(*) FROM core_user)").fetchone())'
}

visit() {
  set -m # a job of its own process group, which a Ctrl-C can be sent to
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  port=${PORT:-$(free_pair)} log=$root/home/visitor/make-run.log
  visitor=$(chroot "$root" id -u visitor)
  local first second before after began

  start "$first_limit" 'the first time'; first=$took
  grep -v '^$' "$log" | tail -25
  interrupt
  before=$(works)
  start "$second_limit" 'again'; second=$took
  interrupt
  after=$(works)
  [ "$before" = "$after" ] || fail "a restart changed works, offers, users from $before to $after"

  say 'make test'
  began=$SECONDS
  (as_visitor make test)
  say "clean-machine: first start $first s, second $second s, make test $((SECONDS - began)) s; works, offers, users: $after"
}

if [ "${1:-}" = inside ]; then
  root=$2
  visit
  exit
fi
[ "$(id -u)" = 0 ] || fail 'needs root, for chroot'
bare_debian
root=$(mktemp -d -p "$cache" root.XXXXXX)
trap 'rm -rf --one-file-system "$root"' EXIT
furnish
unshare --mount --propagation private --pid --fork --kill-child --mount-proc bash "$0" inside "$root"
