#!/bin/bash
# fuzz.sh SECONDS PROGRAM ... - hostile input for each fuzzer; the last line is "N passed, N failed".
#
# A fuzzer begins with tests/fuzz/NAME/* and the words of tests/fuzz/NAME.dict, where there are any, and with what it
# found interesting before (build/corpus/NAME). What breaks it is kept in build/crashes/NAME-*.
set -uo pipefail
seconds=$1
shift
passed=0 failed=0
for program in "$@"; do
    name=${program##*/}
    corpus=build/corpus/$name log=build/corpus/$name.log
    mkdir -p "$corpus" build/crashes
    options=(-max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -artifact_prefix="build/crashes/$name-")
    [ -e "tests/fuzz/$name.dict" ] && options+=(-dict="tests/fuzz/$name.dict")
    seeds=()
    [ -d "tests/fuzz/$name" ] && seeds=("tests/fuzz/$name")
    if timeout $((seconds + 300)) "$program" "${options[@]}" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
        passed=$((passed + 1))
        printf '%-24s %s\n' "$name" "$(tail -n 1 "$log")"
    else
        failed=$((failed + 1))
        echo "FAILED $name"
        grep -v '^#' "$log" | tail -n 40
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
