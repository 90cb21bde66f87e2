# shellcheck shell=bash
# Installs what is missing on this machine. Each function says what it does, and does nothing where all is there.

OLDEST_NODE=20
NODE_FROM_NPM=22
NPM_FROM_NPM=11
APT_IS_FRESH=no

# install_packages REASON PACKAGE...
install_packages() {
    local reason="$1"
    shift
    has apt-get || fail "$reason: please install $* with your system's package manager, then try again"
    say "installing $* ($reason)"
    if [ "$APT_IS_FRESH" = no ]; then
        as_root apt-get update -qq
        APT_IS_FRESH=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
    has cargo || fail "Rust is missing: install rustup from https://rustup.rs, then try again"
    if ! has cc; then
        install_packages "Rust links with a C compiler" gcc libc6-dev
    fi
}

# The folder of the newest Postgres server on this machine; fails when there is none.
postgres_folder() {
    local candidate newest=""
    for candidate in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
        [ -x "$candidate/initdb" ] && newest="$candidate"
    done
    if [ -z "$newest" ] && has initdb; then
        newest="$(dirname "$(readlink -f "$(command -v initdb)")")"
    fi
    [ -n "$newest" ] && echo "$newest"
}

need_postgres() {
    if postgres_folder >/dev/null; then
        return
    fi
    # Debian starts a server of its own on port 5432 for every new installation; nobody asked for that one.
    local drop_in=/etc/postgresql-common/createcluster.d/callboard.conf
    as_root mkdir -p "$(dirname "$drop_in")"
    echo "create_main_cluster = false" | as_root tee "$drop_in" >/dev/null
    install_packages "the private database" postgresql
    as_root rm -f "$drop_in"
    postgres_folder >/dev/null || fail "no Postgres server was found after installing it"
}

node_major() {
    has node && node --version | sed 's/^v\([0-9]*\).*/\1/'
}

need_node() {
    if has npm && [ "$(node_major || echo 0)" -ge "$OLDEST_NODE" ]; then
        return
    fi
    if ! has npm || ! has node; then
        install_packages "the web interface is built with Node" nodejs npm
    fi
    if [ "$(node_major)" -ge "$OLDEST_NODE" ]; then
        return
    fi
    # The npm registry has Node itself, as a package of one executable.
    local architecture=x64
    [ "$(uname -m)" = aarch64 ] && architecture=arm64
    say "installing Node $NODE_FROM_NPM into .callboard/tools (this system's is $(node --version), $OLDEST_NODE is needed)"
    mkdir -p "$TOOLS"
    npm install --prefix "$TOOLS" --no-audit --no-fund --loglevel=error \
        "node-linux-$architecture@$NODE_FROM_NPM" "npm@$NPM_FROM_NPM"
    hash -r
    [ "$(node_major)" -ge "$OLDEST_NODE" ] || fail "Node $OLDEST_NODE or later could not be installed"
}

need_test_servers() {
    local missing=()
    has redis-server || missing+=(redis-server)
    has memcached || missing+=(memcached)
    if [ ${#missing[@]} -gt 0 ]; then
        install_packages "the cache tests run against real servers" "${missing[@]}"
    fi
}

need_chromium() {
    CHROMIUM_PATH="${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
    if [ -z "$CHROMIUM_PATH" ]; then
        install_packages "the browser tests" chromium fonts-liberation
        CHROMIUM_PATH="$(command -v chromium)"
    fi
    export CHROMIUM_PATH
}

need_nextest() {
    if ! cargo nextest --version >/dev/null 2>&1; then
        say "installing cargo-nextest, the test runner (some minutes, once)"
        CARGO_TARGET_DIR="$TOOLS/build" cargo install --locked --debug cargo-nextest
    fi
}

need_cargo_deny() {
    if ! cargo deny --version >/dev/null 2>&1; then
        say "installing cargo-deny, which checks licences and sources (some minutes, once)"
        CARGO_TARGET_DIR="$TOOLS/build" cargo install --locked --debug cargo-deny
    fi
}

need_shellcheck() {
    if ! has shellcheck && has apt-get; then
        install_packages "checks the shell scripts" shellcheck
    fi
}
