# shellcheck shell=bash
# ./dev new-plugin NAME: the frontend's own generator.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"

new_plugin() {
    local name="${1:-}"
    [[ "$name" =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ ]] || fail "name the plugin in lower case, words joined by hyphens: ./dev new-plugin tech-radar"
    need_node
    npm_install "$ROOT/frontend"
    npm --prefix "$ROOT/frontend" run --silent new-plugin -- "$name"
}
