#!/bin/bash
# all.sh [STAGE ...] - every test, or the stages named; the last line is "N passed, N failed".
#
# A stage is a program whose last line is "N passed, N failed"; one that ends otherwise counts as one failure. What a
# stage prints is kept in build/test-logs/STAGE.log and shown when something failed. PostgreSQL is started here, in
# build/pgsql, and stopped at the end, whatever happens.
set -uo pipefail
cd "$(dirname "$0")/.."

logs=build/test-logs
mkdir -p "$logs"
passed=0 failed=0
wanted=" $* "
jobs=$(nproc)
demo_paper=build/test-demo
# samples of others, for more of the same tests when they are there
[ -d ../shared/fixtures ] && export HAOWAI_FIXTURES=$PWD/../shared/fixtures
servers=()

stage() { # NAME COMMAND ...
    local name=$1 begun=$SECONDS line
    shift
    [ "$wanted" = "  " ] || [[ $wanted == *" $name "* ]] || return 0
    "$@" >"$logs/$name.log" 2>&1
    local status=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name.log" | tail -n 1)
    local ok=${line%% *} bad
    bad=$(sed -E 's/.*, ([0-9]+) failed/\1/' <<<"$line")
    if [ -z "$line" ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        ok=${ok:-0} bad=$((${bad:-0} + 1))
    fi
    printf '%-18s %5d passed %4d failed  %4d s\n' "$name" "$ok" "$bad" $((SECONDS - begun))
    if [ "$bad" -gt 0 ]; then
        sed 's/^/    /' "$logs/$name.log" | tail -n 80
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
}

one() { # COMMAND ... - a command that passes or fails as a whole
    if "$@"; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; fi
}

on_pgsql() { # COMMAND ...
    HAOWAI_TEST_PGSQL=$pgsql "$@"
}

# --- what runs beside the tests ---------------------------------------------------
end_all() {
    local pid
    for pid in "${servers[@]}"; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    [ -n "${pgsql:-}" ] && tests/pgsql.sh stop build/pgsql >/dev/null 2>&1
}
trap end_all EXIT

demo_site() { # ENGINE PORT - a demo paper to look at
    local dir=$demo_paper-$1 database=()
    rm -rf "$dir"
    [ "$1" = pgsql ] && database=(--database "$pgsql")
    build/haowai init "$dir" --demo "${database[@]}" >/dev/null || return 1
    build/haowai run "$dir" --site "127.0.0.1:$2" --desk "127.0.0.1:$(($2 + 1))" --no-log >"$logs/demo-$1.log" 2>&1 &
    servers+=($!)
    for _ in $(seq 150); do
        curl -sf "http://127.0.0.1:$2/health" >/dev/null && return 0
        sleep 0.1
    done
    return 1
}

withdrawn_story() { # DIR - the path of a story that was published and taken back
    local printed
    printed=$(echo '{"title": "撤下的一則", "body": "內文"}' | build/haowai article publish "$1" -) || return 1
    build/haowai article withdraw "$1" "${printed%% *}" --reason test >/dev/null && echo "/news/${printed##*/news/}"
}

# --- the stages ----------------------------------------------------------------------
stage build one make -s -j"$jobs" all build/kill_nth.so build/oracle
stage lint one make -s lint
make -s -j"$jobs" unit-programs >"$logs/unit-programs.log" 2>&1
pgsql=$(tests/pgsql.sh start build/pgsql "${PGSQL_PORT:-55432}") || pgsql=
stage sqlcheck on_pgsql make -s sqlcheck
stage unit make -s unit
stage unit-pgsql on_pgsql make -s unit
stage demo node demo/check.mjs
stage plays python3 tests/play.py sqlite
stage plays-pgsql on_pgsql python3 tests/play.py pgsql
stage roles python3 tests/roles.py sqlite
stage roles-pgsql on_pgsql python3 tests/roles.py pgsql
if demo_site sqlite 18900; then
    stage strict python3 tests/strict.py 127.0.0.1:18900
    stage crawl python3 tests/crawl.py http://127.0.0.1:18900
    stage feeds python3 tests/feeds.py http://127.0.0.1:18900 "$demo_paper-sqlite"
    GONE=$(withdrawn_story "$demo_paper-sqlite")
    export GONE
    stage valid tests/valid.sh http://127.0.0.1:18900
    stage browser node tests/browser.mjs http://127.0.0.1:18900 build/screenshots
else
    stage demo-site one false
fi
stage oracle build/oracle sqlite 2000
stage oracle-pgsql on_pgsql build/oracle pgsql 300
stage import-kill python3 tests/import_kill.py 8 8000
stage sweep python3 tests/sweep.py sqlite
stage sweep-pgsql on_pgsql python3 tests/sweep.py pgsql
make -s -j"$jobs" asan-programs >"$logs/asan-programs.log" 2>&1
stage asan make -s asan
stage fuzz make -s -j"$jobs" fuzz FUZZ_SECONDS=3

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
