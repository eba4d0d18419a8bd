#!/bin/bash
# lint.sh - everything about the source that a program can judge; shows what is wrong and ends with status 1 if anything is.
#
# lint.sh format    writes C and headers as clang-format would have them
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

files() { # PATTERN ... - tracked files
    git ls-files -- "$@" | grep -v '^node_modules/'
}

check() { # NAME COMMAND ...
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        sed 's/^/    /' <<<"$output"
        failed=1
    fi
}

layout() (
    set +o pipefail # grep finds nothing when all is well
    files '*.c' '*.h' | xargs clang-format --dry-run -Werror 2>&1 | grep 'error:' | cut -d: -f1 | sort | uniq -c |
        awk '{ print $2 ": " $1 " places; tools/lint.sh format writes them"; bad = 1 } END { exit bad }'
)

each() { # PATTERN COMMAND ... - the command must accept every file
    local pattern=$1 file bad=0
    shift
    while IFS= read -r file; do
        "$@" "$file" || bad=1
    done < <(files "$pattern")
    return $bad
}

# A path that a document names is there.
paths_in() { # FILE ...
    local file path bad=0
    for file in "$@"; do
        [ -e "$file" ] || continue
        while IFS= read -r path; do
            [ -e "$path" ] || git ls-files --error-unmatch "$path" >/dev/null 2>&1 || {
                echo "$file: there is no $path"
                bad=1
            }
        done < <(grep -oE '\b(lib|src|tests|tools|themes|schema|docs|demo)/[A-Za-z0-9_./-]*[A-Za-z0-9]' "$file" | sort -u | grep -v NNNN)
    done
    return $bad
}

if [ "${1:-}" = format ]; then
    files '*.c' '*.h' | xargs clang-format -i
    exit
fi
check 'who includes whom' tools/check_includes.py
check 'habits of the house' tools/check_style.py
check 'layout of C' layout
check 'shell' each '*.sh' bash -n
check 'Python' each '*.py' python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])'
check 'JavaScript' each '*.js' node --check
check 'JavaScript modules' each '*.mjs' node --check
check 'paths in documents' paths_in README.md ARCHITECTURE.md CONTRIBUTING.md docs/*.md
exit $failed
