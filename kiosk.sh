#!/usr/bin/env bash
# The one door to this project: sets up what is missing, then runs, tests or checks.
# Written for Debian 12 with nothing but its python3; a second call repeats no work.
set -euo pipefail

HERE=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
VENV=$HERE/.venv
BUILD=$HERE/build
BASE_PYTHON=${KIOSK_PYTHON:-/usr/bin/python3}
export PYTHONPATH=$HERE${PYTHONPATH:+:$PYTHONPATH}

usage() {
    cat <<'TEXT'
Usage: ./kiosk.sh COMMAND [ARGUMENTS]

  run        open the kiosk full screen, with a demo village if there is none;
             --window 1280x800 opens a window
  init, demo, import, signs, verify, backup, doctor
             the kiosk's other commands; each explains itself with --help
  kiosk      the kiosk's own command line as it is, e.g. kiosk --data DIR verify
  test       run every test, on SQLite and PostgreSQL, side by side; --quick leaves out what needs
             a server, the screens, the faults and what is long; a FILE or a FOLDER runs what is in it
  faults     break it on purpose: ./kiosk.sh faults NAME [--brief | --long | --defect];
             ./kiosk.sh faults nightly runs them all
  check      lint, types, import floors, screens, house rules
  bench      measure the kiosk beside what people would use instead, and write docs/benchmarks.md;
             bench NAME one line of it, --quick small sizes that only show that each line runs,
             --list the names
  tour       do the main job by touch on a fresh demo, without a display; leaves pictures, papers
             and a page in build/tour, or in a folder: ./kiosk.sh tour DIR
  shots      render every screen to docs/screenshots/
  gallery    every control in every state, theme and size of text, in a window; without a display, or
             with --pictures DIR, as pictures
  package    build the Debian package into dist/
  image      build a disk image with Debian and the package into dist/, from which a machine starts
  lock       pin the dependencies anew, with hashes
TEXT
}

say() { printf 'kiosk: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# packages_listed NAME: the Debian packages of requirements/debian-NAME.txt.
packages_listed() { grep -E "^[a-z]" "$HERE/requirements/debian-$1.txt"; }

# Debian 13 has some of them under a name with t64 behind it, and installs that one when asked.
missing_packages() {
    local wanted installed
    installed=$(dpkg-query -W -f='|${Package} ${db:Status-Status}|' "$@" "${@/%/t64}" 2>/dev/null || true)
    for wanted in "$@"; do
        [[ $installed == *"|$wanted installed|"* || $installed == *"|${wanted}t64 installed|"* ]] ||
            printf '%s ' "$wanted"
    done
}

NO_NETWORK='Temporary failure|Could not resolve|Name or service not known|Could not connect|Failed to fetch|Network is unreachable|NewConnectionError|Failed to establish'

# without_network LOG: whether what failed says that nobody could be reached.
without_network() { grep -qE "$NO_NETWORK" "$1"; }

install_packages() {
    command -v dpkg-query >/dev/null || { say "this is not Debian, so the system libraries are taken as given."; return; }
    local missing log=$BUILD/apt.log privilege=()
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0
    if [[ $EUID -ne 0 ]]; then
        command -v sudo >/dev/null || fail "these Debian packages are missing, and only root can install them: $missing"
        privilege=(sudo)
    fi
    say "installing Debian packages: $missing"
    local quiet_apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    # shellcheck disable=SC2086  # one word for each package
    if ! { "${privilege[@]}" "${quiet_apt[@]}" update &&
           "${privilege[@]}" "${quiet_apt[@]}" install -y --no-install-recommends $missing; } >"$log" 2>&1; then
        ! without_network "$log" ||
            fail "there is no network, and these Debian packages have to be fetched once: $missing(all of it in $log). Connect this machine and start again; afterwards the kiosk needs none."
        tail -n 5 "$log" >&2
        fail "these Debian packages could not be installed: $missing(all of it in $log)"
    fi
}

require_python() {
    [[ -x $(command -v "$BASE_PYTHON") ]] || fail "there is no Python at $BASE_PYTHON; install python3 or name another in KIOSK_PYTHON."
    "$BASE_PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
        fail "Python 3.11, 3.12 or 3.13 is needed; $BASE_PYTHON is $("$BASE_PYTHON" -V 2>&1). Name another in KIOSK_PYTHON."
}

# install_locked NAME: the virtual environment holds what requirements/NAME.txt pins.
install_locked() {
    is_installed "$1" && return 0
    local lock=$HERE/requirements/$1.txt
    local here_now
    here_now=$("$VENV/bin/python" -c 'import pip, sys; print(*sys.version_info[:2])' 2>/dev/null || true)
    if [[ $here_now != "$("$BASE_PYTHON" -c 'import sys; print(*sys.version_info[:2])')" ]]; then
        say "making a virtual environment in $VENV"
        "$BASE_PYTHON" -m venv --clear "$VENV" || return
    fi
    [[ $1 != run || -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]] ||
        say "there is no screen here: the kiosk will be shown by VNC to this machine alone, and says how."
    say "installing Python packages pinned in requirements/$1.txt (a few hundred megabytes the first time)"
    rm -rf "$VENV"/lib/python3*/site-packages/shiboken6/files.dir # an older one would stay in use
    local log=$BUILD/pip.log
    if ! "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --only-binary :all: --no-deps --require-hashes -r "$lock" 2>"$log"; then
        ! without_network "$log" ||
            fail "there is no network, and the Python packages of requirements/$1.txt have to be fetched once (all of it in $log). Connect this machine and start again; afterwards the kiosk needs none."
        tail -n 5 "$log" >&2
        fail "the Python packages of requirements/$1.txt could not be installed (all of it in $log)."
    fi
    stamp_of "$1" >"$VENV/installed-$1"
}

# ready_to_start: what each start would compile anew is compiled once. PySide6 carries Python source
# inside a library, which it lays down as files where SBK_EMBED says no.
ready_to_start() {
    local parts=("$VENV"/lib/python3*/site-packages/shiboken6)
    [[ -d ${parts[0]}/files.dir ]] && return 0
    SBK_EMBED=0 "$VENV/bin/python" -c 'import shiboken6'
    "$VENV/bin/python" -m compileall -q "${parts[0]}/files.dir" "$HERE/kiosk"
}

# is_installed NAME: the stamp of the last set-up is of this lock and this Python.
is_installed() {
    local stamp=$VENV/installed-$1
    [[ -f $stamp && $(<"$stamp") == "$(stamp_of "$1")" ]]
}

stamp_of() {
    printf '%s %s' "$("$BASE_PYTHON" -c 'import sys; print(sys.executable, *sys.version_info[:2])')" \
        "$(sha256sum <"$HERE/requirements/$1.txt")"
}

# require_own_folder: what a set-up writes can be written, or a sentence says what to do.
require_own_folder() {
    local each
    for each in "$HERE" "$BUILD" "$BUILD/set-up.lock" "$VENV"; do
        [[ ! -e $each || -w $each ]] && continue
        [[ ! -w $HERE ]] ||
            fail "this was set up by another user, such as root: $each cannot be written. Once, and then start again: sudo chown -R \"\$(id -un)\" '$BUILD' '$VENV'"
        fail "nothing can be written in $HERE. Copy the folder to where you may write, and start there."
    done
}

# hand_back: what root set up in somebody's folder is theirs, who will start it without root.
hand_back() {
    [[ $EUID -eq 0 && ! -O $HERE ]] || return 0
    local each
    for each in "$BUILD" "$VENV"; do
        [[ ! -O $each ]] || chown -R --reference="$HERE" "$each"
    done
}

set_up() {
    # Set up already, a folder that cannot be written is as good as any.
    if [[ ! -w $HERE ]] && { is_installed "$1" || is_installed dev; } 2>/dev/null; then return; fi
    require_own_folder
    mkdir -p "$BUILD"
    exec 9>"$BUILD/set-up.lock"
    flock 9
    # Debian keeps what makes virtual environments in a package of its own.
    local packages=(python3-venv)
    mapfile -t -O 1 packages < <(packages_listed run; [[ $1 == run ]] || packages_listed dev)
    install_packages "${packages[@]}"
    require_python
    # The development lock holds every line of the run-time one.
    [[ $1 == run && -f $VENV/installed-dev ]] && set -- dev
    install_locked "$1"
    ready_to_start
    hand_back
    exec 9>&-
}

python() { "$VENV/bin/python" -P "$@"; }

kiosk() {
    set_up run
    exec "$VENV/bin/python" -P -m kiosk "$@"
}

run_tests() {
    set_up dev
    cd "$HERE"
    export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
    python -m scripts.testing "$@"
}

run_checks() {
    set_up dev
    cd "$HERE"
    python -m scripts.checks "$@"
}

run_module() {
    set_up dev
    cd "$HERE"
    export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
    python -m "$@"
}

run_benchmarks() {
    set_up dev
    # What stands beside the kiosk has an environment of its own: nothing of it is ever imported.
    local packages
    mapfile -t packages < <(packages_listed bench)
    # What cannot be installed is named in the table.
    (install_packages "${packages[@]}") || true
    (VENV=$BUILD/bench-venv install_locked bench) || say "not all peers could be installed."
    cd "$HERE"
    python -m tests.benchmarks "$@"
}

open_gallery() {
    set_up dev
    cd "$HERE"
    python -m scripts.gallery "$@"
}

build_package() {
    set_up run
    "$HERE/packaging/build-deb.sh" "$@"
}

build_image() {
    set_up run
    local packages
    mapfile -t packages < <(packages_listed image)
    install_packages "${packages[@]}"
    "$HERE/packaging/build-deb.sh"
    "$HERE/packaging/build-image.sh" "$@"
}

renew_locks() {
    require_python
    mkdir -p "$BUILD"
    [[ -x $BUILD/lock-venv/bin/uv ]] || {
        "$BASE_PYTHON" -m venv "$BUILD/lock-venv"
        "$BUILD/lock-venv/bin/pip" install --quiet --disable-pip-version-check 'uv==0.13.9'
    }
    cd "$HERE"
    local compile=("$BUILD/lock-venv/bin/uv" pip compile pyproject.toml --quiet --universal
        --python-version 3.11 --generate-hashes --custom-compile-command './kiosk.sh lock')
    "${compile[@]}" "$@" -o requirements/run.txt
    "${compile[@]}" "$@" --group dev -c requirements/run.txt -o requirements/dev.txt
    "${compile[@]/pyproject.toml/--group=pyproject.toml:bench}" "$@" -c requirements/run.txt \
        -o requirements/bench.txt
}

main() {
    local command=${1:-}
    [[ $# -gt 0 ]] && shift
    case $command in
        run) kiosk run --demo-if-empty "$@" ;;
        init | demo | import | signs | verify | backup | doctor) kiosk "$command" "$@" ;;
        kiosk) kiosk "$@" ;;
        test) run_tests "$@" ;;
        faults) run_module tests.faults "$@" ;;
        check) run_checks "$@" ;;
        bench) run_benchmarks "$@" ;;
        tour) [[ $# -eq 0 || $1 == -* ]] || set -- "$(realpath -m -- "$1")" "${@:2}"; run_module scripts.tour "$@" ;;
        gallery) [[ ${1:-} != --pictures ]] || set -- "$1" "$(realpath -m -- "$2")"; open_gallery "$@" ;;
        shots) run_module scripts.shots "$@" ;;
        package) build_package "$@" ;;
        image) build_image "$@" ;;
        lock) renew_locks "$@" ;;
        help | -h | --help) usage ;;
        *) usage >&2; exit 2 ;;
    esac
}

main "$@"
