# shellcheck shell=bash
# ./dev test: every suite there is, each with its closing line, and one line that adds them up.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"
# shellcheck source=deploy/local/dev/build.sh
source "$SCRIPTS/build.sh"
# shellcheck source=deploy/local/dev/servers.sh
source "$SCRIPTS/servers.sh"

ALL_SUITES=(rust frontend clients browser deployment)
# Takes minutes and half a gigabyte of packages: by name, or with --all.
EXTRA_SUITES=(compat)
PASSED=0
FAILED=0

run_tests() {
    local suites=("$@") suite begun=$SECONDS
    [ ${#suites[@]} -eq 0 ] && suites=("${ALL_SUITES[@]}")
    [ "${suites[*]}" = --all ] && suites=("${ALL_SUITES[@]}" "${EXTRA_SUITES[@]}")
    # Ctrl+C ends all suites, however the one that runs takes it.
    trap 'exit 130' INT
    [ "${suites[*]}" = compose ] || prepare_machine
    for suite in "${suites[@]}"; do
        case "$suite" in
            rust) run_suite rust test_rust ;;
            frontend) run_suite frontend test_frontend ;;
            clients) run_suite clients test_clients ;;
            browser) run_suite browser test_browser ;;
            deployment) run_suite deployment test_deployment ;;
            compose) run_suite compose test_compose ;;
            compat) run_suite compat test_compat ;;
            *) fail "there is no suite '$suite'; there are: ${ALL_SUITES[*]} ${EXTRA_SUITES[*]}, and compose, which only runs when it is named" ;;
        esac
    done
    say "all suites took $((SECONDS - begun)) s"
    echo "$PASSED passed, $FAILED failed"
    [ "$FAILED" -eq 0 ]
}

# What the suites need of this machine; containers bring their own.
prepare_machine() {
    need_rust
    need_nextest
    need_node
    need_postgres
    need_test_servers
    need_lighthouse
    start_postgres fast
    start_caches
}

test_rust() {
    # The end-to-end tests start the units' executables, which the test runner alone would not build.
    # And the gateway's sign in at a real provider.
    npm_install "$ROOT/tests/identity-provider" || return
    build_for_tests && cargo nextest run --workspace --no-fail-fast
}

test_frontend() {
    npm_install "$ROOT/frontend" && npm --prefix "$ROOT/frontend" test &&
        npm --prefix "$ROOT/frontend" run check-new-plugin -w @callboard/cli
}

# The published npm clients against a stack with the example organisation.
test_clients() {
    build_for_tests || return
    build_frontend || return
    npm_install "$ROOT/tests/clients" || return
    "$TARGET/debug/callboard-local" run --binaries "$TARGET/debug" --config "$ROOT/tests/clients/app-config.yaml" -- \
        npm --prefix "$ROOT/tests/clients" test
}

# The original's answers beside ours, document by document and question by question.
test_compat() {
    build_for_tests || return
    npm_install "$ROOT/tests/compat/upstream" || return
    UPSTREAM_DATABASE_URL="$DATABASE_URL" \
        "$TARGET/debug/callboard-local" run --binaries "$TARGET/debug" --config "$ROOT/tests/compat/app-config.yaml" -- \
        node --test --test-concurrency=1 "$ROOT/tests/compat/differential/differential.test.js"
}

# test_portal CONFIGURATION ARGUMENTS...: some of the browser tests against a portal of their own. The two ports are for
# what the tests start beside it.
test_portal() {
    local configuration="$1"
    shift
    CALLBOARD_PARTNER_PORT="$(free_port)" CALLBOARD_IDENTITY_PORT="$(free_port)" \
        "$TARGET/debug/callboard-local" run --binaries "$TARGET/debug" --config "$ROOT/tests/browser/$configuration" -- \
        npm --prefix "$ROOT/tests/browser" test -- "$@"
}

test_browser() {
    local other halves=() status=0
    build_for_tests || return
    build_frontend || return
    npm_install "$ROOT/tests/browser" || return
    npm_install "$ROOT/tests/identity-provider" || return
    # Two halves at once, since one test alone leaves much of two cores idle. The second one's lines come after the first one's.
    other="$(mktemp)"
    trap 'stop_browser_tests 130' INT
    trap 'stop_browser_tests 143' TERM
    # Job control gives each half a process group, which holds all that it starts.
    set -m
    test_portal app-config.yaml --part 1/2 </dev/null &
    halves+=($!)
    test_portal app-config.yaml --part 2/2 </dev/null >"$other" 2>&1 &
    halves+=($!)
    set +m
    wait "${halves[0]}" || status=1
    wait "${halves[1]}" || status=1
    halves=()
    cat "$other"
    : >"$other"
    # What measures time has the machine for itself.
    test_portal app-config.yaml --in speed || status=1
    # One that people sign in to at a provider, which the test starts.
    test_portal sign-in/app-config.yaml --in sign-in || status=1
    rm -f "$other"
    return "$status"
}

# stop_browser_tests STATUS: test_browser told to stop. Shows what the second half has said, and leaves nothing running.
stop_browser_tests() {
    local half
    trap '' INT TERM
    cat "$other"
    for half in "${halves[@]}"; do
        kill -TERM -- "-$half" 2>/dev/null
    done
    wait
    rm -f "$other"
    exit "$1"
}

# The manifests and what watches over them. Rendering them takes a kubectl; without one those tests say that they are skipped.
test_deployment() {
    need_kubectl || warn "there is no kubectl with kustomize 5 or later, and none can be installed"
    build_for_tests || return
    need_python || return
    npm_install "$ROOT/tests/deployment" || return
    (cd "$ROOT/tests/deployment" && "$PYTHON" -m unittest --verbose)
}

# docker-compose.yml, from the images up. It takes long and a Docker engine, so it is none of the suites that all run.
test_compose() {
    need_python || return
    (cd "$ROOT/tests/deployment" && CALLBOARD_BUILD_IMAGES=1 "$PYTHON" -m unittest --verbose test_compose)
}

# run_suite NAME FUNCTION: runs it, shows what it prints, and adds what it says it passed and failed.
run_suite() {
    local name="$1" status=0 begun=$SECONDS log passed failed
    say "tests: $name"
    log="$(mktemp)"
    # Set -e would not reach into the function here, so each function returns at its first failure by itself.
    # Tee outlives Ctrl+C, to show what the suite says at its end.
    NO_COLOR=1 FORCE_COLOR=0 "$2" 2>&1 | (trap '' INT TERM && exec tee "$log") || status=$?
    read -r passed failed < <(count_results <"$log")
    rm -f "$log"
    # A suite that broke before its runner could count is one failure, never none; and one that ran nothing is broken.
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
    elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
        warn "the suite '$name' ran no test"
        failed=1
    fi
    PASSED=$((PASSED + passed))
    FAILED=$((FAILED + failed))
    say "tests: $name: $passed passed, $failed failed, $((SECONDS - begun)) s"
}

# Reads the closing lines of nextest, vitest, node's runner and Playwright, and prints the sums "PASSED FAILED".
count_results() {
    sed 's/\x1b\[[0-9;]*m//g' | awk '
        # nextest: "Summary [ 12.3s] 40 tests run: 39 passed (1 slow), 1 failed, 2 skipped"
        /Summary \[/ && /tests? run:/ {
            for (i = 2; i <= NF; i++) {
                if ($i ~ /^passed/) passed += $(i - 1)
                if ($i ~ /^(failed|timed)/) failed += $(i - 1)
            }
        }
        # vitest: "      Tests  1 failed | 12 passed (13)"
        /^ *Tests  / {
            for (i = 2; i <= NF; i++) {
                if ($i ~ /^passed/) passed += $(i - 1)
                if ($i ~ /^failed/) failed += $(i - 1)
            }
        }
        # node: "# pass 12" in TAP, "ℹ pass 12" for people
        NF == 3 && ($1 == "#" || $1 == "ℹ") && $2 == "pass" && $3 ~ /^[0-9]+$/ { passed += $3 }
        NF == 3 && ($1 == "#" || $1 == "ℹ") && ($2 == "fail" || $2 == "cancelled") && $3 ~ /^[0-9]+$/ { failed += $3 }
        # unittest: "Ran 12 tests in 3.4s", then "OK (skipped=2)" or "FAILED (failures=1, errors=2)"
        /^Ran [0-9]+ tests? in / { passed += $2 }
        /^(OK|FAILED) \(/ {
            gsub(/[(),]/, "")
            for (i = 2; i <= NF; i++) {
                split($i, part, "=")
                passed -= part[2]
                if (part[1] != "skipped") failed += part[2]
            }
        }
        # Playwright: "  12 passed (3.4s)", "  1 failed", "  1 interrupted"
        /^  +[0-9]+ passed \(/ { passed += $1 }
        /^  +[0-9]+ (failed|interrupted)$/ { failed += $1 }
        END { print passed + 0, failed + 0 }
    '
}
