# Sourced by the scripts that need uv or Python: find_uv sets UV, find_python sets PYTHON.
# shellcheck shell=bash

# The oldest Python that Django 6.1 runs on.
PYTHON_MINIMUM=3.12

stop() {
  { echo; printf '%s\n' "$@"; } >&2
  exit 1
}

is_usable_python() {
  # Asked by running it: a pyenv shim, or a stub of an app store, is a file called
  # python3 and yet no interpreter. ensurepip's absence does not matter, uv fills venvs.
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# Sets PYTHON to the interpreter that .venv is made from. Newer versions come first, but
# none newer than those that the packages are known to have binary wheels for.
find_python() {
  local version candidate
  if [ -n "${DUXUN_PYTHON:-}" ]; then
    is_usable_python "$DUXUN_PYTHON" ||
      stop "DUXUN_PYTHON=$DUXUN_PYTHON is not a Python >= $PYTHON_MINIMUM that runs."
    PYTHON=$DUXUN_PYTHON
    return
  fi
  for version in 3.13 3.14 3.12; do
    for candidate in "$(command -v "python$version" 2>/dev/null || true)" \
      "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/"python$version" \
      "/usr/local/bin/python$version" "/opt/homebrew/bin/python$version" \
      "$HOME"/.local/share/uv/python/cpython-"$version"*/bin/"python$version"; do
      if [ -n "$candidate" ] && [ -x "$candidate" ] && is_usable_python "$candidate"; then
        # A shim answers for another file; the venv must point to that one.
        PYTHON=$("$candidate" -c 'import sys; print(sys.executable)')
        return
      fi
    done
  done
  candidate=$(command -v python3 || true)
  if [ -n "$candidate" ] && is_usable_python "$candidate"; then
    PYTHON=$("$candidate" -c 'import sys; print(sys.executable)')
    return
  fi
  # What uv knows of, and as a last resort what it can download.
  if candidate=$("$UV" python find --quiet ">=$PYTHON_MINIMUM" 2>/dev/null) && is_usable_python "$candidate"; then
    PYTHON=$candidate
    return
  fi
  if "$UV" python install --quiet --install-dir .tools/python 3.13 2>/dev/null; then
    for candidate in .tools/python/cpython-3.13*/bin/python3.13; do
      if is_usable_python "$candidate"; then
        PYTHON=$PWD/$candidate
        return
      fi
    done
  fi
  stop "Duxun needs Python $PYTHON_MINIMUM or newer, and none was found." \
    "Install one (Debian 13, Ubuntu 24.04: apt-get install python3 python3-venv; or pyenv install 3.13)" \
    "or name one: DUXUN_PYTHON=/path/to/python3.13 make demo"
}

# Sets UV: the one on the PATH, else our own under .tools/, fetched by pip so that the
# machine's pip configuration (mirror, certificates, local wheels) is honoured.
find_uv() {
  local candidate
  UV=$(command -v uv || true)
  if [ -n "$UV" ] && "$UV" --version >/dev/null 2>&1; then
    return
  fi
  UV=$PWD/.tools/bin/uv
  if [ -x "$UV" ] && "$UV" --version >/dev/null 2>&1; then
    return
  fi
  echo "Fetching uv into .tools/ ..."
  for candidate in python3 python3.13 python3.14 python3.12 python3.11 /usr/bin/python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
    candidate=$(command -v "$candidate" || true)
    [ -n "$candidate" ] || continue
    rm -rf .tools
    if "$candidate" -m venv .tools >/dev/null 2>&1 &&
      .tools/bin/python -m pip install --quiet --disable-pip-version-check uv; then
      return
    fi
  done
  stop "uv is missing and could not be fetched (tried: python3 -m venv, pip install uv)." \
    "Install it from https://docs.astral.sh/uv/ or with: pip install uv"
}
