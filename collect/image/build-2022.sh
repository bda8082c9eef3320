# Builds Debian's dqlite-benchmark, as the file $1, with the two changes that the 2022 evaluation made to its worker.
# $GOPATH is a folder that does not exist yet; the sources come from Debian's packages, nothing from the network.
set -eu
export GO111MODULE=off GOFLAGS= GOPROXY=off
export CGO_LDFLAGS_ALLOW=-Wl,-z,now # on bookworm, pkg-config asks for it
mkdir -p "$GOPATH"
cp -rL /usr/share/gocode/src "$GOPATH/src"
cd "$GOPATH/src/github.com/canonical/go-dqlite"

# go-dqlite 3 imports itself as …/v3, but Debian installs it one level up
if grep -rq 'canonical/go-dqlite/v3' benchmark; then
  mkdir v3
  find . -mindepth 1 -maxdepth 1 ! -name v3 -exec mv {} v3/ \;
  cd v3
fi

change() {
  grep -qF "$1" benchmark/worker.go || { echo "benchmark/worker.go has no '$1': this go-dqlite is not known" >&2; exit 1; }
  sed -i "s/$(printf '%s' "$1" | sed 's/[][\.*^$/]/\\&/g')/$2/" benchmark/worker.go
}
change 'read := rand.Intn(2) == 0' 'read := true'
change 'len(w.kvKeys) != 0' 'len(w.kvKeys) >= 100'

go build -tags libsqlite3 -o "$1" ./cmd/dqlite-benchmark
