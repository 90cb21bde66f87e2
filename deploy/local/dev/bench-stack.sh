#!/usr/bin/env bash
# The part of ./dev bench that runs beside the stack: bench-stack.sh LOAD_GENERATOR CORPUS [ARGUMENTS of `run`]...
set -euo pipefail
load="$1" corpus="$2"
shift 2

# Every document is one entity; the root file and the Location that stands for it come on top.
expected=$(($(grep -hc '^kind:' "$corpus"/*.yaml | paste -sd+) + 1))
echo "==> ingestion of $expected entities, from the moment the gateway answers"
"$load" ingest --url "$CALLBOARD_URL" --expect "$expected" --pid "$CALLBOARD_CATALOG_PID" --pid "$CALLBOARD_GATEWAY_PID"
echo "==> queries"
"$load" run --url "$CALLBOARD_URL" --pid "$CALLBOARD_CATALOG_PID" --pid "$CALLBOARD_GATEWAY_PID" "$@"
