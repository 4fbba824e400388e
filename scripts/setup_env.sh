#!/bin/sh
# Makes .venv/, wheels/ and the lock files. The Makefile calls it:
#   setup_env.sh site     .venv/ with what `make site` needs
#   setup_env.sh test     the test packages on top
#   setup_env.sh capture  what `factbook capture` needs on top
#   setup_env.sh fuzz     the fuzzer on top
#   setup_env.sh audit    .venv-audit/ with pip-audit
#   setup_env.sh wheels   wheels/, from which `site` installs without a network
#   setup_env.sh lock     requirements/*.txt from requirements/*.in
# The marker files .venv/.site-ready and .venv/.test-ready are written last, so
# that a set-up that failed or was broken off never counts as done.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd -P)
python=${PYTHON:-python3}
uv_version=0.13.9

unset PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONNOUSERSITE=1

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$@" >&2; exit 1; }

scratch=$(mktemp -d)
undo=
finish() {
    rm -rf "$scratch"
    if [ -n "$undo" ]; then rm -rf "$undo"; fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Quiet while all is well; everything it said, when not.
quietly() {
    if ! "$@" >"$scratch/log" 2>&1; then
        cat "$scratch/log" >&2
        return 1
    fi
}

need_python() {
    command -v "$python" >/dev/null 2>&1 ||
        die "'$python' was not found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
    version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])') ||
        die "'$python' does not run. Name a Python 3.11 or newer: make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "'$python' is Python $version, and 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        die "'$python' ($version) lacks the venv module. On Debian or Ubuntu: apt-get install python3-venv"
}

# fetch PYTHON LOCK FOLDER: the wheels that LOCK names for this machine. Only
# wheels, so that nothing is compiled and no package's own build code runs.
fetch() {
    quietly "$1" -m pip download -q --progress-bar off --no-deps --require-hashes --only-binary :all: \
        -d "$3" -r "$2" ||
        die "could not fetch the packages of $2 (pip's own words are above)." \
            "Fetching needs the network. 'make site' does without, where a folder wheels/ from 'make wheels' is."
}

# install LOCK FOLDER: one way for both, the wheels fetched just now and wheels/.
install() {
    quietly .venv/bin/python -m pip install -q --progress-bar off --no-index --find-links "$2" \
        --require-hashes --only-binary :all: -r "$1"
}

case ${1:-} in
site)
    need_python
    say "Setting up .venv (once) …"
    undo=.venv
    rm -rf .venv
    quietly "$python" -m venv .venv || die "'$python -m venv .venv' failed (above)."
    if [ -d wheels ]; then
        say "  from wheels/, without the network"
        from=wheels
        hint="wheels/ does not fit requirements/site.txt or this Python ($version). Run 'make wheels' again, or remove wheels/."
    else
        say "  fetching what requirements/site.txt names"
        from=$scratch/wheels
        fetch .venv/bin/python requirements/site.txt "$from"
        hint="The packages of requirements/site.txt could not be installed (above)."
    fi
    install requirements/site.txt "$from" || die "$hint"
    quietly .venv/bin/python -m pip install -q --no-index --no-deps --no-build-isolation -e . ||
        die "the project itself could not be installed (above)."
    printf '%s\n' "$here" >.venv/.site-ready
    undo=
    ;;
test)
    say "Setting up the test packages in .venv (once) …"
    fetch .venv/bin/python requirements/test.txt "$scratch/wheels"
    # From here until the end .venv is half-made.
    undo=.venv
    mv .venv/.site-ready .venv/.site-waits
    install requirements/test.txt "$scratch/wheels" || die "the test packages could not be installed (above)."
    mv .venv/.site-waits .venv/.site-ready
    : >.venv/.test-ready
    undo=
    ;;
capture)
    say "Setting up what factbook capture needs in .venv (once) …"
    fetch .venv/bin/python requirements/capture.txt "$scratch/wheels"
    install requirements/capture.txt "$scratch/wheels" || die "what factbook capture needs could not be installed (above)."
    : >.venv/.capture-ready
    ;;
fuzz)
    say "Setting up the fuzzer in .venv (once) …"
    fetch .venv/bin/python requirements/fuzz.txt "$scratch/wheels"
    install requirements/fuzz.txt "$scratch/wheels" || die "the fuzzer could not be installed (above); it needs Linux."
    : >.venv/.fuzz-ready
    ;;
audit)
    need_python
    say "Setting up .venv-audit …"
    rm -rf .venv-audit
    quietly "$python" -m venv .venv-audit || die "'$python -m venv .venv-audit' failed (above)."
    fetch .venv-audit/bin/python requirements/audit.txt "$scratch/wheels"
    quietly .venv-audit/bin/python -m pip install -q --no-index --find-links "$scratch/wheels" --require-hashes \
        --only-binary :all: -r requirements/audit.txt || die "pip-audit could not be installed (above)."
    ;;
wheels)
    need_python
    say "Collecting wheels/ for Python $version on this kind of machine …"
    undo=wheels.part
    rm -rf wheels.part
    quietly "$python" -m venv "$scratch/venv" || die "'$python -m venv' failed (above)."
    fetch "$scratch/venv/bin/python" requirements/site.txt wheels.part
    rm -rf wheels
    mv wheels.part wheels
    undo=
    say "wheels/ is complete: while it exists, 'make site' sets up without the network."
    ;;
lock)
    need_python
    quietly "$python" -m venv "$scratch/venv" || die "'$python -m venv' failed (above)."
    quietly "$scratch/venv/bin/python" -m pip install -q "uv==$uv_version" || die "could not fetch uv (above)."
    for name in site capture test fuzz audit; do
        "$scratch/venv/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 \
            --generate-hashes --custom-compile-command "make lock" ${UPGRADE:+--upgrade} \
            -o "requirements/$name.txt" "requirements/$name.in" || die "uv could not lock $name.in (above)."
        if grep -nE '://|^ *-[^ ]*(index|find-links)' "requirements/$name.txt"; then
            die "requirements/$name.txt names where packages come from (above)."
        fi
        say "requirements/$name.txt: $(grep -c '^[a-z]' "requirements/$name.txt") packages"
    done
    ;;
*)
    die "usage: scripts/setup_env.sh site|test|capture|fuzz|audit|wheels|lock"
    ;;
esac
