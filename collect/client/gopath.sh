# Sourced by build.sh and test.sh: lays a GOPATH out in $work with this folder's program in it, for the go-dqlite that
# Debian's packages installed, and sets what go needs. Nothing comes from the network.
# Wanted: golang-go gcc libc6-dev libdqlite-dev libsqlite3-dev golang-github-canonical-go-dqlite-dev.
set -eu
installed=${GOCODE:-/usr/share/gocode}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

library=$installed/src/github.com/canonical/go-dqlite
[ -f "$library/app/options.go" ] || {
  echo "no go-dqlite in $library: install golang-github-canonical-go-dqlite-dev, or set GOCODE to where it is" >&2
  exit 1
}
program=$work/src/dqlite-client
mkdir -p "$program"
cp "$here"/*.go "$program"

# go-dqlite 2 and 3 import themselves as .../v2 and .../v3, but Debian installs them one level up
major=$(grep -ohE 'canonical/go-dqlite/v[0-9]+' "$library/app/app.go" | head -n 1 | sed 's,.*/,,')
if [ -n "$major" ]; then
  mkdir -p "$work/src/github.com/canonical/go-dqlite"
  cp -RL "$library" "$work/src/github.com/canonical/go-dqlite/$major"
  sed -i "s,\"github.com/canonical/go-dqlite,&/$major," "$program"/*.go
fi

tags=libsqlite3
if grep -q 'func WithDiskMode' "$library/app/options.go"; then tags=$tags,diskmode; fi
version=$(dpkg-query -W -f '${source:Upstream-Version}' golang-github-canonical-go-dqlite-dev 2>/dev/null) || version=unknown

export GO111MODULE=off GOFLAGS= GOPROXY=off GOTOOLCHAIN=local GOPATH="$work:$installed"
export CGO_ENABLED=1 CGO_LDFLAGS_ALLOW=-Wl,-z,now # on bookworm, go-dqlite asks for it
[ -n "${HOME:-}${GOCACHE:-}" ] || export GOCACHE="$work/cache"
cd "$program"
