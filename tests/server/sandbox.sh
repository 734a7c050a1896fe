#!/bin/sh
# sandbox.sh PROGRAM: in a folder of its own; skipped where the kernel has no Landlock.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/db" "$place/log"
"$1" "$place"
