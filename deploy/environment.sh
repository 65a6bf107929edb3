#!/bin/sh
# Makes the virtual environment that the Makefile uses, and does nothing when it is up to date.
#
# Usage: environment.sh runtime|development|check [FOLDER]      FOLDER: .venv if not given
#
# PYTHON names the interpreter. When it is not set, an environment that is there keeps its own. `check` only says which
# interpreter that is, or why it cannot be used.
# FOLDER/<kind> is written last. It says what was installed where, with which Python. An environment without it (the
# first try failed or was interrupted), one of another Python, and one whose folder was moved are made anew.
set -eu

kind="$1" venv="${2:-.venv}"
example="for example: make run PYTHON=python3.13"

fail() {
  echo "$*" >&2
  exit 1
}

# The interpreter called $1, on PATH or among pyenv's.
interpreter() {
  for candidate in "$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/"$1"; do
    if "$candidate" -c 'import sys; print(sys.executable)' 2> /dev/null; then return 0; fi
  done
  return 1
}

# What tells one Python from another.
identity() {
  "$1" -c 'import sys; print(sys.base_prefix, sys.version_info[:3])' 2> /dev/null
}

# What is there is of use only if it is whole and was made for this folder, by the Python that is asked for.
made="$(cat "$venv/runtime" "$venv/development" 2> /dev/null | head -n 1)" || true
case "$made" in
  "$(identity "$venv/bin/python") in $PWD/$venv from "*) ;;
  *) made="" ;;
esac

if [ -n "$made" ] && [ -z "${PYTHON:-}" ]; then
  found="$venv/bin/python"
else
  name="${PYTHON:-python3}"
  found="$(interpreter "$name")" ||
    fail "The Python interpreter '$name' was not found or does not start. Name another one, $example"
  "$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Madang needs Python 3.11 or newer, and '$name' is $("$found" -V 2>&1). Name another one, $example"
fi
if [ "$kind" = check ]; then
  echo "$found"
  exit 0
fi

kinds=runtime locks=requirements.lock
if [ "$kind" = development ]; then
  kinds="runtime development" locks="requirements.lock requirements-dev.lock"
fi
place="$(identity "$found") in $PWD/$venv"
target="$place from $(cat pyproject.toml services/*/requirements.in requirements.lock requirements-dev.lock | cksum)"
if [ "$(cat "$venv/$kind" 2> /dev/null)" = "$target" ]; then exit 0; fi
case "$made" in
  "$place from "*) ;;
  *) rm -rf "$venv" ;;
esac
log="$(mktemp)" running=""
trap 'rm -f "$log" "$log".*' EXIT
trap 'kill $running 2> /dev/null; exit 130' INT TERM # background jobs ignore Ctrl-C

if ! [ -d "$venv" ]; then
  "$found" -c 'import ensurepip, venv' 2> /dev/null ||
    fail "$("$found" -V) cannot make virtual environments. Install its venv module (on Debian: apt install python3-venv), or name another one, $example"
  "$found" -m venv "$venv" > "$log" 2>&1 || {
    rm -rf "$venv"
    fail "The virtual environment $venv could not be made: $(tail -n 1 "$log")"
  }
fi
rm -f "$venv/runtime" "$venv/development"

# Modules are compiled when they are first imported: pip would compile all of them, for as long as the rest takes.
install() {
  "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --progress-bar off --no-compile --no-deps "$@"
}

# Says why pip failed, from its output in $1.
explain() {
  grep -E '^ERROR' "$1" | tail -n 3 >&2 || tail -n 3 "$1" >&2
  if grep -qE 'Retrying|ConnectionError|connection broken|timed out|ProxyError|SSLError' "$1"; then
    grep -m 1 'Retrying' "$1" >&2 || true
    fail "pip could not reach the package index. Check the network, or name an index or a proxy with PIP_INDEX_URL or PIP_PROXY, and run the command again."
  fi
  fail "pip could not install what Madang needs into $venv; its reason is above. Run the command again when it is mended."
}

# The locks have no package in common, so they are installed at the same time.
echo "Installing what Madang needs into $venv ..."
for lock in $locks; do
  install --require-hashes -r "$lock" > "$log.$lock" 2>&1 &
  running="$running $!"
done
set -- $running
for lock in $locks; do
  wait "$1" || {
    kill "$@" 2> /dev/null || true
    explain "$log.$lock"
  }
  shift
done
running=""
install --no-build-isolation --editable . > "$log" 2>&1 || explain "$log"
for each in $kinds; do
  echo "$target" > "$venv/$each"
done
