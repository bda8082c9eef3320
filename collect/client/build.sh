#!/bin/sh
# Builds dqlite-client as the file $1, from Debian's packages alone.
set -eu
[ $# -eq 1 ] || { echo "usage: $0 OUT" >&2; exit 2; }
case $1 in /*) out=$1 ;; *) out=$PWD/$1 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
. "$here/gopath.sh"
go build -trimpath -tags "$tags" -ldflags "-X main.goDqlite=$version" -o "$out" dqlite-client
