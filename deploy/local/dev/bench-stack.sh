#!/usr/bin/env bash
# The part of ./dev bench that runs beside the stack: bench-stack.sh LOAD_GENERATOR CORPUS [ARGUMENTS of `run`]...
set -euo pipefail
load="$1" corpus="$2"
shift 2
processes=(--pid "$CALLBOARD_CATALOG_PID" --pid "$CALLBOARD_GATEWAY_PID")

# Every document is one entity; the root file and the Location that stands for it come on top.
expected=$(($(grep -hc '^kind:' "$corpus"/*.yaml | paste -sd+) + 1))
echo "==> ingestion of $expected entities, from the moment the gateway answers"
"$load" ingest --url "$CALLBOARD_URL" --expect "$expected" "${processes[@]}"
if [ -z "$CALLBOARD_BENCH_REFERENCE" ]; then
    echo "==> queries"
    "$load" run --url "$CALLBOARD_URL" "${processes[@]}" "$@"
    echo "==> idle streams of events"
    "$load" streams --url "$CALLBOARD_URL" --pid "$CALLBOARD_GATEWAY_PID"
    echo "==> the catalog killed"
    "$load" restart --url "$CALLBOARD_URL" --pid "$CALLBOARD_CATALOG_PID"
    exit
fi

echo "==> the same by the reference, from the moment it answers"
address="$(mktemp)"
node "$CALLBOARD_BENCH_REFERENCE" 0 "$corpus/all.yaml" >"$address" &
reference=$!
trap 'kill "$reference" 2>/dev/null; wait "$reference" 2>/dev/null; rm -f "$address"' EXIT
until [ -s "$address" ]; do
    kill -0 "$reference"
    sleep 0.2
done
read -r url pid <"$address"
"$load" ingest --url "$url" --expect "$expected" --pid "$pid"
echo "==> queries, both"
"$load" compare --url "$CALLBOARD_URL" --reference "$url" "$@"
