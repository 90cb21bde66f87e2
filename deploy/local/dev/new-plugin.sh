# shellcheck shell=bash
# ./dev new-plugin [NAME]: a frontend plugin with a page, made by the frontend's own command.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"

new_plugin() {
    need_node
    npm_install "$ROOT/frontend"
    if [ $# -eq 0 ]; then
        npm --prefix "$ROOT/frontend" run --silent new -- --select plugin
    else
        npm --prefix "$ROOT/frontend" run --silent new -- --select plugin --option "pluginId=$1"
    fi
}
