# shellcheck shell=bash
# ./dev check: everything that must be clean before a commit. All steps run, then the broken ones are named.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"
# shellcheck source=deploy/local/dev/servers.sh
source "$SCRIPTS/servers.sh"

ALL_CHECKS=(fmt clippy deny sqlx proto docs frontend sizes shell paths)

run_checks() {
    local steps=("$@") step begun status broken=()
    [ ${#steps[@]} -eq 0 ] && steps=("${ALL_CHECKS[@]}")
    for step in "${steps[@]}"; do
        declare -F "check_$step" >/dev/null || fail "there is no step '$step'; there are: ${ALL_CHECKS[*]}"
        say "check: $step"
        begun=$SECONDS
        # Not as a condition: in one, a step would go on after its first failing command.
        set +e
        (
            set -e
            "check_$step"
        )
        status=$?
        set -e
        if [ "$status" -eq 0 ]; then
            say "check: $step is clean, $((SECONDS - begun)) s"
        else
            say "check: $step is NOT clean, $((SECONDS - begun)) s"
            broken+=("$step")
        fi
    done
    [ ${#broken[@]} -eq 0 ] || fail "not clean: ${broken[*]}"
    say "everything is clean"
}

check_fmt() {
    need_rust
    cargo fmt --all --check
}

check_clippy() {
    need_rust
    lint
}

# Always the whole workspace in the same way: a part of it has other features of its dependencies, and would compile them anew.
lint() {
    cargo clippy --workspace --all-targets "$@" -- -D warnings
}

check_deny() {
    need_cargo_deny
    cargo deny --all-features check --hide-inclusion-graph bans licenses sources
    # The list of known vulnerabilities lives on the network; without it nothing is known, which is no fault of the code.
    if cargo deny fetch db >/dev/null 2>&1; then
        cargo deny --all-features check advisories
    else
        warn "advisories are not checked: their database cannot be reached"
    fi
}

# Compiles each unit that has query data against a database with its migrations, and compares what comes out with what is
# committed.
check_sqlx() {
    need_rust
    need_postgres
    start_postgres fast
    local psql data unit database fresh stale=0
    psql="$(postgres_folder)/psql"
    for data in "$ROOT"/services/*/.sqlx "$ROOT"/gateway/.sqlx; do
        [ -d "$data" ] || continue
        unit="$(dirname "$data")"
        database="sqlx_check_$(basename "$unit" | tr - _)_$$"
        "$psql" -q "$DATABASE_URL" -c "CREATE DATABASE $database"
        for migration in "$unit"/migrations/*.sql; do
            "$psql" -q "${DATABASE_URL%/*}/$database" -v ON_ERROR_STOP=1 -f "$migration" >/dev/null
        done
        fresh="$(mktemp -d)"
        # A changed time makes cargo compile the crate again; the macros write what they learn while they do.
        touch "$unit"/src/*.rs
        SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$fresh" DATABASE_URL="${DATABASE_URL%/*}/$database" lint --quiet
        "$psql" -q "$DATABASE_URL" -c "DROP DATABASE $database WITH (FORCE)"
        if ! diff -rq "$data" "$fresh"; then
            warn "${data#"$ROOT"/} is out of date; ./dev check prints how below"
            printf '    cp %s/query-*.json %s/   # after removing the old ones\n' "$fresh" "${data#"$ROOT"/}"
            stale=1
        else
            rm -r "$fresh"
        fi
    done
    return "$stale"
}

check_proto() {
    need_node
    npm_install "$ROOT/proto"
    (cd "$ROOT/proto" && npx buf lint && npx buf format --diff --exit-code)
    check_proto_breaking
}

# The contracts stay compatible with those of main: clients of the last release go on working.
check_proto_breaking() {
    local main base="" before
    for main in origin/main main; do
        base="$(git merge-base HEAD "$main" 2>/dev/null)" && break
    done
    # On main itself: with the commit before.
    if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then
        base="$(git rev-parse --verify --quiet HEAD^ || true)"
    fi
    if [ -z "$base" ] || ! git cat-file -e "$base:proto/buf.yaml" 2>/dev/null; then
        warn "compatibility of the protobuf files is not checked: this clone has no earlier commit to compare with (git fetch --unshallow)"
        return
    fi
    before="$(mktemp -d)"
    git archive "$base" proto | tar -x -C "$before"
    say "comparing the protobuf files with those of $(git rev-parse --short "$base")"
    (cd "$ROOT/proto" && npx buf breaking --against "$before/proto") || {
        rm -r "$before"
        return 1
    }
    rm -r "$before"
}

# The generated pages say what the code says.
check_docs() {
    need_rust
    local before
    before="$(sha256sum docs/configuration.md)"
    build_for_tests
    "$TARGET/debug/callboard-documentation"
    if [ "$before" != "$(sha256sum docs/configuration.md)" ]; then
        echo "docs/configuration.md was out of date; commit it as it is now"
        return 1
    fi
}

check_frontend() {
    need_node
    npm_install "$ROOT/frontend"
    # Both at once: each keeps one core busy, and tells what it found at its end.
    local status=0
    npm --prefix "$ROOT/frontend" run --silent typecheck &
    npm --prefix "$ROOT/frontend" run --silent lint || status=1
    wait $! || status=1
    return "$status"
}

# Files that are read by people stay under 500 lines, folders under 16 such files.
check_sizes() {
    local long
    long="$(source_files | grep -vE '^deploy/examples/|^tests/data/|/testdata/|\.snap$' | xargs wc -l |
        awk '$2 != "total" && $1 > 500 { print "  " $2 ": " $1 " lines" }')"
    source_files | xargs -n1 dirname | sort | uniq -c |
        awk '$1 > 15 { print "  " $2 ": " $1 " files; think of a folder for some of them" }'
    if [ -n "$long" ]; then
        printf 'longer than 500 lines:\n%s\n' "$long"
        return 1
    fi
}

source_files() {
    git ls-files -co --exclude-standard -- '*.rs' '*.ts' '*.tsx' '*.js' '*.sh' '*.py' '*.proto' '*.sql' | while read -r file; do
        if [ -f "$file" ]; then
            echo "$file"
        fi
    done
}

check_shell() {
    need_shellcheck
    if has shellcheck; then
        shellcheck -x dev .ci/run deploy/local/dev/*.sh deploy/docker/{secrets,certificates,root-of-unit} deploy/docker/postgres/roles.sh \
            deploy/kubernetes/secrets deploy/kubernetes/overlays/dev/roles.sh
    else
        warn "shellcheck is not installed; the shell scripts are not checked"
    fi
}

# Nothing may depend on, or tell of, the machine it was written on.
check_paths() {
    if git grep -nE '(^|[^a-z0-9_.-])/(work/(main|shared)|root/\.|home/[a-z]+/|Users/[a-z]+/)' -- ':!deploy/local/dev/check.sh'; then
        echo "these lines name a place of one machine"
        return 1
    fi
}
