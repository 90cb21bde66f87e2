#!/usr/bin/env bash
# The part of ./dev bench proxy that runs beside the stack: bench-proxy-stack.sh LOAD_GENERATOR THIRD_PARTY REFERENCE [ARGUMENTS]...
# REFERENCE is the script of the original, or empty.
set -euo pipefail
load="$1" third_party="$2" reference="$3"
shift 3
arguments=(--direct "$third_party" --url "$CALLBOARD_URL" --pid "$CALLBOARD_GATEWAY_PID" --pid "$CALLBOARD_PROXY_PID")
if [ -n "$reference" ]; then
    address="$(mktemp)"
    node "$reference" 0 "$third_party" >"$address" &
    server=$!
    trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -f "$address"' EXIT
    until [ -s "$address" ]; do
        kill -0 "$server"
        sleep 0.2
    done
    arguments+=(--reference "$(cat "$address")")
fi
"$load" proxy "${arguments[@]}" "$@"
