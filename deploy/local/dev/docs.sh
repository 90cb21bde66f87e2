# shellcheck shell=bash
# ./dev docs: what is generated in docs/, from the types of the configuration.

# shellcheck source=deploy/local/dev/prerequisites.sh
source "$SCRIPTS/prerequisites.sh"

write_docs() {
    need_rust
    cargo run --quiet -p callboard-documentation
}
