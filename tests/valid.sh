#!/bin/bash
# valid.sh BASE_URL - every kind of page is valid HTML (vnu), feeds and site maps are well-formed XML, JSON is JSON.
# GONE=/news/... names a withdrawn story, to look at its page, too. The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."

base=${1:?usage: tests/valid.sh BASE_URL}
base=${base%/}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() { # WHAT [TEXT]
    failed=$((failed + 1))
    echo "FAILED $1"
    [ -z "${2:-}" ] || head -n 12 <<<"$2"
}

# --- pages -----------------------------------------------------------------------------
kinds=$(node tests/kinds.mjs "$base" 2>"$dir/missing") || fail "every kind of page is linked" "$(cat "$dir/missing")"
[ -n "${GONE:-}" ] && kinds+=$'\n'"410 $GONE"
mkdir "$dir/pages"
while read -r kind path; do
    curl -s "$base$path" >"$dir/pages/$kind.html"
done <<<"$kinds"
cp themes/default/pages/500.html themes/default/pages/503.html "$dir/pages"
java -Xmx512m -jar node_modules/vnu-jar/build/dist/vnu.jar --exit-zero-always --stdout --format gnu "$dir"/pages/*.html >"$dir/vnu"
for page in "$dir"/pages/*.html; do
    complaints=$(grep -F "/$(basename "$page")\":" "$dir/vnu" | grep -v ': info: ' | sed "s|.*/pages/||")
    if [ ! -s "$page" ]; then
        fail "$(basename "$page") is empty"
    elif [ -n "$complaints" ]; then
        fail "$(basename "$page")" "$complaints"
    else
        pass
    fi
done

# --- for machines ------------------------------------------------------------------------
xml() { # PATH
    curl -s "$base$1" >"$dir/file.xml"
    local complaints
    if complaints=$(xmllint --noout "$dir/file.xml" 2>&1); then pass; else fail "$1" "$complaints"; fi
}
json() { # PATH
    local complaints
    if complaints=$(curl -s "$base$1" | python3 -m json.tool 2>&1 >/dev/null); then pass; else fail "$1" "$complaints"; fi
}
of_kind() { # KIND - its path
    awk -v kind="$1" '$1 == kind { print $2 }' <<<"$kinds"
}

for list in "" "$(of_kind section)" "$(of_kind keyword)"; do
    xml "$list/feed.xml"
    xml "$list/atom.xml"
    json "$list/feed.json"
done
xml "$(of_kind author)/feed.xml"
xml /corrections.xml
xml /sitemap.xml
xml /news-sitemap.xml
while read -r map; do
    xml "$map"
done < <(curl -s "$base/sitemap.xml" | grep -o '<loc>[^<]*' | sed -E 's|<loc>https?://[^/]*||' | grep -v '^/news-sitemap.xml$' | head -n 20)
json /manifest.webmanifest

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
