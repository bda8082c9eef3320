#!/bin/sh
# Vets dqlite-client and runs its tests; arguments go to `go test`, such as -run NAME or -bench .
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/gopath.sh"
go vet -tags "$tags" dqlite-client
go test -count=1 -timeout 120s -trimpath -tags "$tags" -ldflags "-X main.goDqlite=$version" "$@" dqlite-client
