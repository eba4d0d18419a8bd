#!/bin/bash
# units.sh PROGRAM ... - runs unit tests, shows what failed, ends with "N passed, N failed".
set -uo pipefail
passed=0 failed=0
for program in "$@"; do
    output=$(CMOCKA_MESSAGE_OUTPUT=TAP timeout 300 "$program" 2>&1)
    status=$?
    ok=$(grep -c '^ok ' <<<"$output")
    bad=$(grep '^not ok ' <<<"$output" | grep -vc '# SKIP')
    # a program that died before saying so has failed, too
    [ "$status" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    if [ "$bad" -gt 0 ]; then
        echo "FAILED ${program#build/}"
        grep -v '^ok ' <<<"$output" | tail -n 60
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
