#!/bin/sh
# install.sh BUILD SOURCE_ROOT: what is installed is enough to build the program of the README against, and that
# program finds the document it should.
set -eu
build=$1 root=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
DESTDIR=$place meson install -C "$build" --no-rebuild --quiet
prefix=$place$(meson introspect "$build" --buildoptions |
    python3 -c 'import json, sys; print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "prefix"))')
pc=$(find "$prefix" -name mucluc.pc)
libdir=$(dirname "$(dirname "$pc")")

sed -n '/#include <mucluc\/mucluc.h>/,/^    }$/ s/^    //p' "$root/README.md" >"$place/titles.c"
flags=$(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --define-variable=prefix="$prefix" --cflags --libs mucluc)
# shellcheck disable=SC2086
cc -std=c11 -Wall -Wextra -Werror "$place/titles.c" -o "$place/titles" $flags

cd "$place"
printf '%s\n' '{"id":"1","title":"Bảo vệ môi trường","text":"Bảo vệ môi trường nước."}' |
    LD_LIBRARY_PATH=$libdir "$prefix/bin/mucluc" index -d archive.db -
[ "$(LD_LIBRARY_PATH=$libdir ./titles)" = 'Bảo vệ môi trường' ]
