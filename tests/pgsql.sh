#!/bin/bash
# pgsql.sh start DIR PORT - makes and starts a private PostgreSQL cluster in DIR, reachable on 127.0.0.1:PORT only, and
#                           prints its address; one that runs already is left running, and its address printed.
# pgsql.sh stop DIR       - stops it.
#
# The data is for tests: it survives no crash of the machine (fsync is off) and nobody is asked for a password.
# PostgreSQL refuses to run as root; then it runs as the user "postgres", which its package made.
set -euo pipefail

usage() {
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
}
command=${1:-} dir=${2:-} port=${3:-}
case $command in
start) [ $# -eq 3 ] || usage ;;
stop) [ $# -eq 2 ] || usage ;;
*) usage ;;
esac

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || {
    echo "pgsql.sh: there is no PostgreSQL in /usr/lib/postgresql; make setup-test installs it" >&2
    exit 1
}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

as_user() { # COMMAND ... - not as root, and from a directory that user may be in
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# A checkout below /root is closed to the user postgres: the data is in /tmp then, and DIR/data leads there.
data=$dir/data
if [ ! -e "$data" ]; then
    [ "$(id -u)" -ne 0 ] || chown postgres "$dir"
    if as_user test -w "$dir"; then
        as_user mkdir -m 0700 "$data"
    else
        ln -sfn "$(as_user mktemp -d /tmp/haowai-pgsql-XXXXXX)" "$data"
    fi
fi
data=$(readlink -f "$data")

is_running() {
    as_user "$bin/pg_ctl" status -D "$data" >/dev/null 2>&1
}

make_cluster() {
    as_user "$bin/initdb" -D "$data" -U haowai --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log"
    as_user tee -a "$data/postgresql.conf" >/dev/null <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
END
}

start() {
    [ -e "$data/PG_VERSION" ] || make_cluster
    as_user "$bin/pg_ctl" start -D "$data" -w -t 60 -o "-p $port" -l "$data/server.log" >/dev/null || {
        tail -n 20 "$data/server.log" >&2
        exit 1
    }
}

if [ "$command" = stop ]; then
    ! is_running || as_user "$bin/pg_ctl" stop -D "$data" -m fast -w >/dev/null
    exit
fi
is_running || start
port=$(sed -n 4p "$data/postmaster.pid")
address="postgresql://haowai@127.0.0.1:$port/haowai"
"$bin/psql" -qtA "${address%/*}/postgres" -c "SELECT 1 FROM pg_database WHERE datname = 'haowai'" | grep -q 1 ||
    "$bin/createdb" -h 127.0.0.1 -p "$port" -U haowai haowai
echo "$address"
