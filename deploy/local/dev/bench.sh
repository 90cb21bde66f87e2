# shellcheck shell=bash
# ./dev bench: a synthetic catalog into a stack of its own, then queries against it. docs/performance.md says how to read it.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"

# bench [ENTITIES] [ARGUMENTS of `callboard-load run`]...
bench() {
    local entities=9470 folder
    if [[ "${1:-}" =~ ^[0-9]+$ ]]; then
        entities="$1"
        shift
    fi
    need_rust
    need_postgres
    UNIT_PACKAGES+=(-p callboard-load)
    build_units "$PROFILE"

    folder="$(mktemp -d /tmp/callboard-bench.XXXXXX)"
    # shellcheck disable=SC2064 # The folder of now is meant.
    trap "rm -rf '$folder'" EXIT
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
