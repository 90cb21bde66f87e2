# shellcheck shell=bash
# ./dev bench: a synthetic catalog into a stack of its own, then queries against it. docs/performance.md says how to read it.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"
# shellcheck source=deploy/local/dev/servers.sh
source "$SCRIPTS/servers.sh"

# bench_proxy [--reference] [ARGUMENTS of `callboard-load proxy`]...: the proxy before a third party of its own.
bench_proxy() {
    local folder="$SERVERS_FOLDER/bench" address third_party reference="" url=""
    need_rust
    need_postgres
    if [ "${1:-}" = --reference ]; then
        shift
        need_node
        npm_install "$ROOT/tests/compat/upstream"
        reference="$ROOT/tests/compat/upstream/serve-proxy.js"
    fi
    UNIT_PACKAGES+=(-p callboard-load)
    build_units "$PROFILE"
    start_postgres durable
    mkdir -p "$folder"
    address="$(mktemp)"
    "$TARGET/$PROFILE/callboard-load" third-party >"$address" &
    third_party=$!
    # shellcheck disable=SC2064
    trap "kill $third_party 2>/dev/null; rm -f '$address'" EXIT
    until [ -s "$address" ]; do sleep 0.1; done
    url="$(cat "$address")"
    # Logs as in a deployment.
    cat >"$folder/bench-proxy.yaml" <<YAML
backend:
  telemetry: {logs: {format: json}}
proxy:
  endpoints:
    /bench: $url
catalog:
  locations: []
YAML
    "$TARGET/$PROFILE/callboard-local" --root "$ROOT" run --at-once --binaries "$TARGET/$PROFILE" \
        --config "$folder/bench-proxy.yaml" -- \
        "$SCRIPTS/bench-proxy-stack.sh" "$TARGET/$PROFILE/callboard-load" "$url" "$reference" "$@"
}

# bench [ENTITIES] [--reference] [ARGUMENTS of `callboard-load run`]...
bench() {
    if [ "${1:-}" = proxy ]; then
        shift
        bench_proxy "$@"
        return
    fi
    local entities=10000 folder
    if [[ "${1:-}" =~ ^[0-9]+$ ]]; then
        entities="$1"
        shift
    fi
    export CALLBOARD_BENCH_REFERENCE=""
    need_rust
    need_postgres
    if [ "${1:-}" = --reference ]; then
        shift
        need_node
        npm_install "$ROOT/tests/compat/upstream"
        CALLBOARD_BENCH_REFERENCE="$ROOT/tests/compat/upstream/serve.js"
    fi
    UNIT_PACKAGES+=(-p callboard-load)
    build_units "$PROFILE"
    # One server with its usual settings for both sides.
    start_postgres durable

    folder="$SERVERS_FOLDER/bench"
    mkdir -p "$folder"
    "$TARGET/$PROFILE/callboard-load" generate "$entities" "$folder/corpus"
    cat >"$folder/bench.yaml" <<YAML
catalog:
  rules:
    - allow: [Component, API, System, Domain, Resource, Location, Template, Group, User]
  locations:
    - type: file
      target: $folder/corpus/all.yaml
YAML
    "$TARGET/$PROFILE/callboard-local" --root "$ROOT" run --at-once --binaries "$TARGET/$PROFILE" \
        --config "$folder/bench.yaml" -- "$SCRIPTS/bench-stack.sh" "$TARGET/$PROFILE/callboard-load" "$folder/corpus" "$@"
}
