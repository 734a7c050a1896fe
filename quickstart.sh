#!/bin/sh
# quickstart.sh        install what is needed, build, index corpus/ and search it
# quickstart.sh serve  the same, then its page at http://127.0.0.1:8080/ until Ctrl-C
# quickstart.sh test   install what is needed, build, run all the tests
#
# For Debian 12 or newer and Ubuntu 24.04 or newer. Asks nothing; uses sudo only if not root.
set -eu
cd "$(dirname "$0")"

packages='gcc libc6-dev meson ninja-build pkg-config libicu-dev liblmdb-dev libzstd-dev
libxxhash-dev libsimde-dev libjson-c-dev libroaring-dev libmicrohttpd-dev zlib1g-dev
libseccomp-dev libxml2-dev libarchive-dev libstemmer-dev libmagic-dev
libgmime-3.0-dev libcsv-dev libmd4c-dev libyaml-dev poppler-utils antiword catdoc'

install_packages() {
    missing=
    for package in $packages; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "quickstart.sh: no apt-get here. Install these and run me again:$missing" >&2
        exit 1
    fi
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo=sudo
        command -v sudo >/dev/null || {
            echo "quickstart.sh: not root and no sudo. As root: apt-get install$missing" >&2
            exit 1
        }
    fi
    echo "Installing:$missing"
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $missing </dev/null >/dev/null
}

build() { # build FOLDER [meson options]
    folder=$1
    shift
    [ -f "$folder/build.ninja" ] || meson setup "$folder" "$@" >"$folder.log" 2>&1 ||
        { cat "$folder.log" >&2; exit 1; }
    rm -f "$folder.log"
    ninja -C "$folder" >/dev/null || ninja -C "$folder"
}

run() {
    printf '\n$ mucluc'
    for word in "$@"; do
        case $word in
        *' '* | '') printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    ./build/cli/mucluc "$@"
}

case ${1-} in
'' | serve)
    install_packages
    build build -Dtests=disabled
    MUCLUC_DB=$(mktemp -d)/corpus
    export MUCLUC_DB
    trap 'rm -rf "$(dirname "$MUCLUC_DB")"' EXIT
    run index --verbose corpus
    run search -n 3 'bảo vệ môi trường'
    run search -n 3 'bien doi khi hau'
    printf '\nThe program is build/cli/mucluc; "meson install -C build" installs it.\n'
    if [ "${1-}" = serve ]; then
        trap : INT # is for the server
        run serve --log '' || true
    else
        printf 'The same in a browser: sh quickstart.sh serve\n'
    fi
    ;;
test)
    packages="$packages libcmocka-dev"
    install_packages
    build build-test -Dtests=enabled
    meson test -C build-test --print-errorlogs --no-suite slow
    ;;
*)
    sed -n 's/^# \{0,1\}//; 2,4p' "$0" >&2
    exit 2
    ;;
esac
