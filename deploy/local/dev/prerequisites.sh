# shellcheck shell=bash
# Installs what is missing on this machine. Each function says what it does, and does nothing where all is there.

OLDEST_NODE=20.19
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

# What the web interface's build asks for.
is_new_node() {
    has npm && has node && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1);'
}

need_node() {
    is_new_node && return
    if ! has npm || ! has node; then
        install_packages "the web interface is built with Node" nodejs npm
    fi
    is_new_node && return
    # The npm registry has Node itself, as a package of one executable.
    local architecture=x64
    [ "$(uname -m)" = aarch64 ] && architecture=arm64
    say "installing Node $NODE_FROM_NPM into .callboard/tools (this system's is $(node --version), $OLDEST_NODE or later is needed)"
    mkdir -p "$TOOLS"
    npm install --prefix "$TOOLS" --no-audit --no-fund --loglevel=error \
        "node-linux-$architecture@$NODE_FROM_NPM" "npm@$NPM_FROM_NPM"
    hash -r
    is_new_node || fail "Node $OLDEST_NODE or later could not be installed"
}

need_test_servers() {
    local missing=()
    has redis-server || missing+=(redis-server)
    has memcached || missing+=(memcached)
    # A memcached that asks for a password takes it from a file that this makes, by a mechanism that is a package of its own.
    PATH="$PATH:/usr/sbin" has saslpasswd2 || missing+=(sasl2-bin libsasl2-modules)
    if [ ${#missing[@]} -gt 0 ]; then
        install_packages "the cache tests run against real servers" "${missing[@]}"
    fi
}

need_chromium() {
    CHROMIUM_PATH="${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
    if [ -z "$CHROMIUM_PATH" ]; then
        install_packages "audits and the browser tests" chromium fonts-liberation
        CHROMIUM_PATH="$(command -v chromium)"
    fi
    export CHROMIUM_PATH
}

# Lighthouse and the browser it drives.
need_lighthouse() {
    need_node
    need_chromium
    npm_install "$ROOT/services/lighthouse-audit/runner"
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

# A kubectl whose kustomize knows components; fails when there is none to be had.
need_kubectl() {
    is_new_kubectl && return
    local candidate
    if ! has kubectl && has apt-get; then
        candidate="$(apt-cache policy kubernetes-client 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')"
        if [[ "$candidate" =~ ^1\.([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 27 ]; then
            install_packages "renders the Kubernetes manifests" kubernetes-client
        fi
    fi
    is_new_kubectl
}

is_new_kubectl() { has kubectl && kubectl version --client 2>/dev/null | grep -qE '^Kustomize Version: v[5-9]'; }

# A Python with the packages of tests/deployment, in .callboard/tools.
need_python() {
    local wanted="$ROOT/tests/deployment/requirements.txt" folder="$TOOLS/python"
    PYTHON="$folder/bin/python"
    if [ -x "$PYTHON" ] && cmp -s "$wanted" "$folder/installed.txt"; then
        return
    fi
    if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
        install_packages "the tests of the manifests" python3 python3-venv
    fi
    say "installing the Python packages of tests/deployment"
    python3 -m venv --clear "$folder"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$folder/installed.txt"
}
