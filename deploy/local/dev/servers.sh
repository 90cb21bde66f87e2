# shellcheck shell=bash
# A Postgres, a Redis and a memcached for one run of the tests, on free ports, in a temporary folder, stopped at the end.

SERVERS_FOLDER=""
SERVER_PIDS=()

free_port() {
    local port
    while :; do
        port=$((RANDOM % 10000 + 20000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

# Where a test server keeps its files.
servers_folder() {
    if [ -z "$SERVERS_FOLDER" ]; then
        SERVERS_FOLDER="$(mktemp -d /tmp/callboard-servers.XXXXXX)"
        chmod 755 "$SERVERS_FOLDER"
        trap stop_servers EXIT
    fi
}

# Postgres refuses to run as root; then it runs as the user its package made.
AS_POSTGRES_USER=(env)
if [ "$(id -u)" -eq 0 ]; then
    AS_POSTGRES_USER=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi

# wait_for WHAT COMMAND...: tries for ten seconds.
wait_for() {
    local what="$1" try
    shift
    for ((try = 0; try < 200; try++)); do
        if "$@" >/dev/null 2>&1; then
            return
        fi
        sleep 0.05
    done
    fail "$what did not start; see $SERVERS_FOLDER"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start_postgres durable|fast: as an operator would run it, or, for tests, without a care for power failures.
start_postgres() {
    if [ -n "${CALLBOARD_TEST_DATABASE_URL:-}" ]; then
        export DATABASE_URL="$CALLBOARD_TEST_DATABASE_URL"
        return
    fi
    servers_folder
    local data="$SERVERS_FOLDER/postgres" binaries port
    binaries="$(postgres_folder)"
    port="$(free_port)"
    mkdir "$data"
    [ "$(id -u)" -eq 0 ] && chown postgres "$data"
    (cd "$data" && "${AS_POSTGRES_USER[@]}" "$binaries/initdb" -D "$data/data" -U callboard --auth=trust --encoding=UTF8 --locale=C \
        --no-sync >"$SERVERS_FOLDER/initdb.log" 2>&1) || fail "initdb failed: $(cat "$SERVERS_FOLDER/initdb.log")"
    local settings=(-c max_connections=400 -c autovacuum_naptime=10s)
    if [ "$1" = fast ]; then
        settings+=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
    else
        settings+=(-c shared_buffers=512MB -c max_wal_size=4GB)
    fi
    # Every test has a database of its own, and each of those its connections.
    (cd "$data" && exec "${AS_POSTGRES_USER[@]}" "$binaries/postgres" -D "$data/data" -p "$port" -h 127.0.0.1 -k "$data" \
        "${settings[@]}") \
        >"$SERVERS_FOLDER/postgres.log" 2>&1 &
    SERVER_PIDS+=($!)
    wait_for Postgres "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port"
    export DATABASE_URL="postgres://callboard@127.0.0.1:$port/postgres"
}

start_caches() {
    servers_folder
    local redis_port memcached_port user=()
    redis_port="$(free_port)"
    (cd "$SERVERS_FOLDER" && exec redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no) \
        >"$SERVERS_FOLDER/redis.log" 2>&1 &
    SERVER_PIDS+=($!)
    memcached_port="$(free_port)"
    [ "$(id -u)" -eq 0 ] && user=(-u nobody)
    memcached "${user[@]}" -l 127.0.0.1 -p "$memcached_port" -U 0 >"$SERVERS_FOLDER/memcached.log" 2>&1 &
    SERVER_PIDS+=($!)
    wait_for Redis listens "$redis_port"
    wait_for memcached listens "$memcached_port"
    export CALLBOARD_TEST_REDIS_URL="redis://127.0.0.1:$redis_port"
    export CALLBOARD_TEST_MEMCACHE="127.0.0.1:$memcached_port"
}

stop_servers() {
    local pid
    for pid in "${SERVER_PIDS[@]}"; do
        kill -INT "$pid" 2>/dev/null || true
    done
    for pid in "${SERVER_PIDS[@]}"; do
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$SERVERS_FOLDER"
}
