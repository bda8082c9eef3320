#!/bin/sh
# Makes the dataset of silent losses: the leader is gone for twenty minutes without a word, on each release of Debian, for clients
# with each deadline. Nine campaigns run side by side, in 25 minutes on two cores: waits of minutes do not depend on how busy
# the machine is, and what takes less than a second is not to be read from this dataset.
#
#   sh collect/silent-loss.sh [--dry-run]   leaves data/silent-loss-new
set -eu
cd "$(dirname "$0")/.."
captures=data/silent-loss-captures parts=data/silent-loss-parts dry=${1:-}
scenario=collect/scenarios/silent-loss-leader-long.yml

running=
for release in bookworm trixie sid; do
  for deadline in none 10 2; do
    name=$release-$deadline out=$captures/$release-$deadline
    mkdir -p "$out"
    # one of the configurations of the scenario: sequentially, all of them on all releases take six hours
    sed "s/operation_timeout_s: .*]/operation_timeout_s: $deadline/; s/tcp_retries2: .*]/tcp_retries2: 15/" "$scenario" \
      >"$out/${scenario##*/}"
    set -- "$out/${scenario##*/}" --rate 20 --releases "$release" --name "silent-loss-$name" --out "$out"
    if [ -n "$dry" ]; then
      npm run --silent collect -- "$@" "$dry"
      continue
    fi
    if [ -f "$out/campaign.json" ]; then set -- --resume "$@"; fi
    npm run --silent collect -- "$@" &
    running="$running $!"
  done
done
if [ -n "$dry" ]; then exit; fi
for pid in $running; do wait "$pid"; done

for out in "$captures"/*; do
  npm run --silent ingest -- "$out" --out "$parts/${out##*/}"
done
npm run --silent dataset -- merge "$parts"/* --out data/silent-loss-new
