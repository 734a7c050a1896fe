#!/bin/sh
# newer.sh TEST…: run a test of the library for x86-64-v3 where the processor is such a one.
set -eu
loader=$(readelf -l "$1" | sed -n 's/.*interpreter: \(.*\)]/\1/p')
"$loader" --help | grep -q 'x86-64-v3 (supported' || exit 77
exec "$@"
