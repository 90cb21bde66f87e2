# shellcheck shell=bash
# Builds what `up` and the tests start.

# What people run on their own machine. Images have builds of the profile `release`.
# shellcheck disable=SC2034 # Read by the files that source this one.
PROFILE="${CALLBOARD_PROFILE:-local}"

UNIT_PACKAGES=(-p callboard-catalog -p callboard-lighthouse-audit -p callboard-proxy -p callboard-gateway -p callboard-local)

# Builds the web interface, unless nothing has changed since the last time.
build_frontend() {
    local now stamp="$STATE/frontend.stamp"
    mkdir -p "$STATE"
    now="$(fingerprint "$ROOT/frontend")"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -f "$ROOT/frontend/packages/app/dist/index.html" ]; then
        return
    fi
    npm_install "$ROOT/frontend"
    say "building the web interface"
    (cd "$ROOT/frontend" && npm run --silent build)
    echo "$now" >"$stamp"
}

# Builds the launcher and the units with a profile; cargo shows its progress.
build_units() {
    local profile="$1"
    say "building the services"
    cargo build --profile "$profile" --bins "${UNIT_PACKAGES[@]}"
}

# Builds with the one profile and the one set of features that all tests share.
build_for_tests() {
    cargo build --workspace --bins --tests
}
