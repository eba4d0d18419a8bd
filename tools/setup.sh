#!/bin/sh
# Installs what is missing to build (and, with "test", to test and measure)
# Haowai on Debian 12: packages by apt, front-end tools by npm. Does nothing,
# and needs no network, when everything is there.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-build}

build_packages="gcc make pkg-config git ca-certificates libsqlite3-dev libpq-dev libssl-dev libnghttp2-dev zlib1g-dev libisal-dev
 libzstd-dev libjansson-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libgumbo-dev libexpat1-dev libseccomp-dev
 libsodium-dev libcurl4-openssl-dev libicu-dev librsvg2-bin webp fonts-noto-cjk tzdata"
test_packages="libcmocka-dev postgresql postgresql-client chromium clang libclang-rt-14-dev libxml2-utils curl nginx-light wrk
 nghttp2-client openssl default-jre-headless python3 zstd gzip clang-format faketime procps"

wanted=$build_packages
[ "$purpose" = test ] && wanted="$wanted $test_packages"

missing=
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"

if [ -n "$missing" ]; then
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "Please install these packages as root, then try again:$missing" >&2
            exit 1
        }
        sudo=sudo
        echo "Haowai needs some Debian packages; sudo may ask for your password."
    fi
    echo "installing:$missing"
    # The nginx and PostgreSQL packages start services of their own; tests bring their own instances.
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

stamp=node_modules/.haowai-$purpose
if [ ! -e "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
    echo "installing npm packages"
    if [ "$purpose" = test ]; then
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
        touch node_modules/.haowai-build
    else
        npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
    fi
    touch "$stamp"
fi
