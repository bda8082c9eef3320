# Builds Debian's dqlite-benchmark with the two changes that the 2022 evaluation made to its worker.
set -eu
mkdir -p /go
cp -rL /usr/share/gocode/src /go/src
cd /go/src/github.com/canonical/go-dqlite

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

go build -tags libsqlite3 -o /dqlite-benchmark ./cmd/dqlite-benchmark
