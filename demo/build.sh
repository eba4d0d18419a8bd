#!/bin/bash
# build.sh OUTDIR - draws the demo paper's pictures and films.
#
# Makes OUTDIR/pictures/NAME.webp (1600 pixels wide), NAME-640.webp, OUTDIR/videos/REF.webm and
# OUTDIR/pictures.json. Needs node, rsvg-convert and cwebp; no network; the same bytes every time.
set -euo pipefail

outdir=${1:?"usage: build.sh OUTDIR"}
demo=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$outdir/pictures" "$outdir/videos"
rm -f "$outdir"/pictures/*.webp "$outdir"/videos/*.webm "$outdir/pictures.json"

node "$demo/draw/draw.mjs" "$work" >"$work/drawings"

picture() { # NAME
    rsvg-convert "$work/$1.svg" -o "$work/$1.png"
    cwebp -quiet -noalpha -q 72 -m 4 "$work/$1.png" -o "$outdir/pictures/$1.webp"
    cwebp -quiet -noalpha -q 70 -m 4 -resize 640 0 "$work/$1.png" -o "$outdir/pictures/$1-640.webp"
    rm "$work/$1.png"
}
frame() { # SVG without its ending
    rsvg-convert -w 640 "$1.svg" -o "$1.png"
    cwebp -quiet -noalpha -q 26 -m 4 "$1.png" -o "$1.webp"
    rm "$1.png" "$1.svg"
}
export -f picture frame
export work outdir

jobs=$(nproc)
grep -v '^film ' "$work/drawings" | cut -d ' ' -f 1 | xargs -P "$jobs" -I{} bash -euo pipefail -c 'picture {}'
find "$work/film" -name '*.svg' | sort | sed 's/\.svg$//' | xargs -P "$jobs" -I{} bash -euo pipefail -c 'frame {}'
grep '^film ' "$work/drawings" | while read -r _ ref _ milliseconds; do
    node "$demo/draw/webm.mjs" "$outdir/videos/$ref.webm" "$milliseconds" "$work/film/$ref"-*.webp
done
node "$demo/draw/manifest.mjs" "$outdir" "$work/drawings"
