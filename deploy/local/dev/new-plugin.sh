# shellcheck shell=bash
# ./dev new-plugin NAME: a frontend plugin with one page and its test, from plugin-template/ beside this file.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"

new_plugin() {
    local id="${1:-}" folder words word pascal="" title file
    [[ "$id" =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ ]] ||
        fail "name the plugin in lower case, words joined by hyphens: ./dev new-plugin tech-radar"
    folder="$ROOT/frontend/plugins/$id"
    [ ! -e "$folder" ] || fail "there is a plugin '$id' already"
    need_node

    IFS=- read -ra words <<<"$id"
    for word in "${words[@]}"; do
        pascal+="${word^}"
    done
    title="${words[*]}"
    title="${title^}"

    cp -r "$SCRIPTS/plugin-template" "$folder"
    mv "$folder/src/components/NamePage" "$folder/src/components/${pascal}Page"
    for file in "$folder/src/components/${pascal}Page"/NamePage*; do
        mv "$file" "${file/NamePage./${pascal}Page.}"
    done
    find "$folder" -type f -exec sed -i \
        -e "s|{{id}}|$id|g; s|{{pascal}}|$pascal|g; s|{{camel}}|${pascal,}|g; s|{{title}}|$title|g" \
        -e "s|{{react}}|$(version_of react)|; s|{{testingLibrary}}|$(version_of @testing-library/react)|" {} +

    say "adding it to the workspace"
    (cd "$ROOT/frontend" && npm install --no-audit --no-fund --loglevel=error)
    cat <<TEXT

frontend/plugins/$id is there, and its page at /$id.
Its test:        npm --prefix frontend test -- plugins/$id
TEXT
}

# The version range of a package that some part of the frontend asks for already.
version_of() {
    # shellcheck disable=SC2016 # Those are JavaScript's.
    node -e '
        const { readdirSync, readFileSync } = require("node:fs");
        const [root, name] = process.argv.slice(1);
        for (const group of ["packages", "plugins"]) {
            for (const folder of readdirSync(`${root}/${group}`)) {
                try {
                    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}/${group}/${folder}/package.json`));
                    const version = { ...devDependencies, ...dependencies }[name];
                    if (version) {
                        console.log(version);
                        process.exit(0);
                    }
                } catch {
                    // A folder that is no package yet.
                }
            }
        }
        process.exit(1);
    ' "$ROOT/frontend" "$1"
}
