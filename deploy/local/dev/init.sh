# shellcheck shell=bash
# ./dev init DIR: the beginning of a company's own portal: deploy/init, and what it has in common with this repository.

init_portal() {
    [ $# -eq 1 ] || fail "usage: ./dev init DIR"
    local folder="$1" new
    [[ "$folder" = /* ]] || folder="$CALLER_FOLDER/$folder"
    if [ -e "$folder" ] && [ ! -d "$folder" ]; then
        fail "$folder is a file; name a folder that is empty or does not exist yet"
    fi
    if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
        fail "$folder is not empty; name a folder that is empty or does not exist yet"
    fi
    new="$(mktemp -d)"
    # Made whole before anything of it is put where it belongs.
    # shellcheck disable=SC2064
    trap "rm -rf '$new'" EXIT
    write_portal "$new"
    mkdir -p "$folder"
    cp -R "$new/." "$folder"
    say "wrote $folder; its README.md says how to go on"
}

write_portal() {
    local new="$1" kubernetes="$1/kubernetes" version
    version="$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)"
    cp -R "$ROOT/deploy/init/." "$new"
    mv "$new/gitignore" "$new/.gitignore"
    sed -i.bak "s/newTag: VERSION/newTag: $version/" "$new/kustomization.yaml"
    rm "$new/kustomization.yaml.bak"

    of_portal "$ROOT/docker-compose.yml" >"$new/docker-compose.yml"
    backend_of "$ROOT/deploy/docker/app-config.yaml" docker-compose.yml >"$new/compose/backend.yaml"
    sed -e 's|/\.\./\.\.|/..|' -e 's| GRAFANA_PASSWORD||' "$ROOT/deploy/docker/secrets" >"$new/compose/secrets"
    cp "$ROOT/deploy/docker/postgres/roles.sh" "$new/compose/roles.sh"
    chmod +x "$new/compose/secrets"

    mkdir -p "$kubernetes/callboard"
    backend_of "$ROOT/deploy/kubernetes/overlays/production/app-config.yaml" "a cluster" >"$kubernetes/backend.yaml"
    cp "$ROOT/deploy/kubernetes/overlays/production/namespace.yaml" "$kubernetes/"
    cp -R "$ROOT/deploy/kubernetes/"{README.md,secrets,base,components} "$kubernetes/callboard/"
}

# Our compose file with ready images in place of builds, and with the files of a portal.
of_portal() {
    awk '
        /^#/ { next }
        /^x-(build|arguments):/ { skipping = 1; next }
        /^    build:/ { skipping = 2; next }
        skipping == 1 && /^[^ ]/ { skipping = 0 }
        skipping == 2 && /^ ? ? ? ?[^ ]/ { skipping = 0 }
        !skipping { print }
    ' "$1" | sed -e '1i # The portal on one machine: http://localhost:8080. README.md says how to start it.' \
        -e 's|\./deploy/docker/app-config\.yaml:|./app-config.yaml:|' \
        -e 's|^\( *\)- \./deploy/examples:/srv/examples:ro|\1- ./compose/backend.yaml:/etc/callboard/backend.yaml:ro\n\1- ./entities.yaml:/etc/callboard/entities.yaml:ro|' \
        -e 's|\./deploy/docker/postgres/roles\.sh|./compose/roles.sh|' \
        -e 's|deploy/docker/secrets|compose/secrets|'
}

# The section `backend` of a configuration as a file of its own.
backend_of() {
    echo "# Where things are in ${2}; app-config.yaml includes this."
    awk '/^[^ #]/ { inside = /^backend:/; next } inside && /^  / { sub(/^  /, ""); print }' "$1"
}
