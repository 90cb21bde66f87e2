# shellcheck shell=bash
# up, down, status, logs: the launcher (crate callboard-local), built and with its prerequisites.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"

LAUNCHER="$TARGET/$PROFILE/callboard-local"

up() {
    need_rust
    need_lighthouse
    if [ -z "${CALLBOARD_DATABASE_URL:-}" ]; then
        need_postgres
    fi
    build_frontend
    build_units "$PROFILE"

    # Files are named as seen from where the person is, not from the root of the repository.
    local arguments=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --config)
                arguments+=(--config "$(from_caller "${2:?--config needs a file}")")
                shift
                ;;
            --config=*) arguments+=(--config "$(from_caller "${1#--config=}")") ;;
            *) arguments+=("$1") ;;
        esac
        shift
    done
    exec "$LAUNCHER" --root "$ROOT" up --binaries "$TARGET/$PROFILE" "${arguments[@]}"
}

from_caller() {
    case "$1" in
        /*) echo "$1" ;;
        *) echo "$CALLER_FOLDER/$1" ;;
    esac
}

# The launcher of the stack that runs here, for a build that went elsewhere than this one's would.
running_launcher() {
    local pid program
    pid="$(sed -n 's/.*"launcher_pid": *\([0-9]*\).*/\1/p' "$ROOT/.callboard/run/stack.json" 2>/dev/null)" || return 0
    program="$(readlink "/proc/$pid/exe")" || return 0
    # The number may be another's by now.
    [ "${program##*/}" != callboard-local ] || echo "$program"
}

launcher_command() {
    [ -x "$LAUNCHER" ] || LAUNCHER="$(running_launcher)"
    if [ ! -x "$LAUNCHER" ]; then
        echo "Callboard does not run here. ./dev up starts it."
        [ "$1" = down ] && exit 0
        exit 3
    fi
    exec "$LAUNCHER" --root "$ROOT" "$@"
}
