# shellcheck shell=bash
# ./dev bench: a synthetic catalog into a stack of its own, then queries against it. docs/performance.md says how to read it.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"
# shellcheck source=deploy/local/dev/servers.sh
source "$SCRIPTS/servers.sh"

# bench [ENTITIES] [--reference] [ARGUMENTS of `callboard-load run`]...
bench() {
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
