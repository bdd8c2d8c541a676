#!/bin/sh
# Prepare everything `make demo` and `make test` need: .venv with the pinned dependencies, and a browser.
# Quick when there is nothing to do. PYTHON names the interpreter to use; else the first one that is new enough.
set -eu
cd "$(dirname "$0")/.."

LOG=.venv.log
STAMP=.venv/set-up-stamp
APT_READY=

say() { echo "set-up: $*" >&2; }
fail() {
    echo "error: $1" >&2
    echo "hint: $2" >&2
    exit 1
}

# A step's output goes to the log: a failure that has a next remedy is nobody's business.
quietly() { "$@" >>"$LOG" 2>&1 </dev/null; }

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

apt_install() {
    may_install || return 1
    as_root=$([ "$(id -u)" = 0 ] || echo "sudo -n")
    if [ -z "$APT_READY" ]; then
        quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 update || true
        APT_READY=yes
    fi
    quietly $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@"
}

# --- Python ---------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "$PYTHON is no Python 3.11 or newer" "make PYTHON=/path/to/python3.12"
        return
    fi
    for PYTHON in python3 python3.13 python3.12 python3.11; do
        if new_enough "$PYTHON"; then return; fi
    done
    fail "Python 3.11 or newer is needed" "install it (Debian, Ubuntu: apt install python3 python3-venv) and run make again"
}

make_venv() {
    rm -rf .venv
    if quietly "$PYTHON" -m venv .venv; then return; fi
    rm -rf .venv
    # Debian keeps ensurepip, which venv needs, in a package of its own.
    package="$("$PYTHON" -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))')"
    say "$PYTHON cannot make one by itself: trying $package, then virtualenv"
    if apt_install "$package" && quietly "$PYTHON" -m venv .venv; then return; fi
    rm -rf .venv
    if quietly "$PYTHON" -m virtualenv .venv; then return; fi
    if quietly "$PYTHON" -m pip install --target .venv-tools virtualenv &&
        PYTHONPATH=.venv-tools quietly "$PYTHON" -m virtualenv .venv; then
        rm -rf .venv-tools
        return
    fi
    rm -rf .venv .venv-tools
    fail "no virtual environment could be made with $PYTHON (details: $LOG)" "apt install $package, then run make again"
}

# What the environment was made from; a moved folder counts, because scripts in .venv hold its absolute path.
# What pyproject.toml says to lint, types and tests installs nothing.
fingerprint() {
    pwd
    [ -z "${PYTHON:-}" ] || echo "$PYTHON"
    sed '/^\[tool\./,$d' pyproject.toml
    cat constraints.txt tools/set-up.sh
}

set_up_python() {
    wanted=$(fingerprint | cksum)
    if [ "$(cat "$STAMP" 2>/dev/null)" = "$wanted" ] && new_enough .venv/bin/python; then return; fi
    asked=${PYTHON:-}
    choose_python
    say "virtual environment .venv ($("$PYTHON" -V 2>&1))"
    make_venv
    say "dependencies (about a minute the first time)"
    if ! quietly .venv/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'; then
        tail -n 3 "$LOG" >&2
        fail "the dependencies could not be installed (details: $LOG)" "is the package index reachable? run make again"
    fi
    PYTHON=$asked
    set_up_driver
    echo "$wanted" >"$STAMP"
}

# Playwright brings its own Node.js, which needs a library that the smallest Debian lacks.
set_up_driver() {
    if quietly .venv/bin/playwright --version; then return; fi
    say "Playwright's driver does not start: trying libatomic1"
    if apt_install libatomic1 && quietly .venv/bin/playwright --version; then return; fi
    fail "Playwright's driver does not start: $(tail -n 1 "$LOG")" "Debian: apt install libatomic1, then run make again"
}

# --- The browser ----------------------------------------------------------------------------------------------------

# The product knows where to look; a browser that cannot tell its version lacks libraries and is no browser.
find_browser() {
    BROWSER=$(.venv/bin/python -m chatprobe.browser.launch 2>>"$LOG") && quietly timeout 60 "$BROWSER" --version
}

set_up_browser() {
    if find_browser; then return; fi
    say "no browser found: playwright install chromium (5 minutes at most)"
    if quietly timeout 300 .venv/bin/playwright install chromium && find_browser; then return; fi
    if may_install; then
        say "not from there: installing Debian's chromium"
        if apt_install chromium chromium-sandbox fonts-liberation && find_browser; then return; fi
        if apt_install chromium-headless-shell fonts-liberation && find_browser; then return; fi
    fi
    fail "no Chrome or Chromium, and none could be installed (details: $LOG)" \
        "install one (Debian: apt install chromium) or name one with CHATPROBE_BROWSER, then run make again"
}

: >"$LOG"
set_up_python
set_up_browser
rm -f "$LOG"
