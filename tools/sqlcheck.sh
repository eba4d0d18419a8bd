#!/bin/bash
# sqlcheck.sh PROGRAM - every statement on SQLite and on PostgreSQL, which it starts in build/pgsql unless
# HAOWAI_TEST_PGSQL names a database to empty. Shows what is bad; ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
program=$1
dir=$(mktemp -d)
address=${HAOWAI_TEST_PGSQL:-}
trap 'rm -rf "$dir"; [ -n "${HAOWAI_TEST_PGSQL:-}" ] || tests/pgsql.sh stop build/pgsql' EXIT
[ -n "$address" ] || address=$(tests/pgsql.sh start build/pgsql "${PGSQL_PORT:-55432}") || exit 1

psql -qX "$address" -c 'SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public' ||
    exit 1
passed=0 failed=0
for database in "$dir/content.db" "$address"; do
    output=$("$program" "$database")
    last=$(tail -n 1 <<<"$output")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
    echo "${database%%:*}: $last"
    if [ -n "${VERBOSE:-}" ]; then echo "$output"; else grep '^BAD' <<<"$output"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
