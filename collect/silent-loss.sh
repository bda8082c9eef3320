#!/bin/sh
# Makes the dataset of silent losses: the leader is gone without a word, on each release of Debian, for twenty minutes where
# clients have no deadline, and for two where they have one; and then for two where kernels give up on connections sooner. Up to nine
# campaigns run side by side, in 40 minutes on two cores: waits of many seconds do not depend on how busy the machine is, and
# what takes less than a second is not to be read from this dataset.
#
#   sh collect/silent-loss.sh [--dry-run]   leaves data/silent-loss-new
set -eu
cd "$(dirname "$0")/.."
captures=data/silent-loss-captures parts=data/silent-loss-parts dry=${1:-}

# a scenario and its trials, on $release as $name into $out, beside the others
start() {
  set -- "$1" --trials "$2" --rate 20 --releases "$release" --name "silent-loss-$name" --out "$out"
  if [ -n "$dry" ]; then
    npm run --silent collect -- "$@" "$dry"
    return
  fi
  if [ -f "$out/campaign.json" ]; then set -- --resume "$@"; fi
  npm run --silent collect -- "$@" &
  running="$running $!"
}

running=
for release in bookworm trixie sid; do
  for deadline in none 10 2; do
    name=$release-$deadline out=$captures/$release-$deadline scenario=silent-loss-leader trials=2
    if [ "$deadline" = none ]; then scenario=silent-loss-leader-long trials=1; fi
    mkdir -p "$out"
    # one of the configurations of the scenario: sequentially, all of them on all releases take hours
    sed "s/operation_timeout_s: \[[^]]*]/operation_timeout_s: $deadline/; s/tcp_retries2: .*]/tcp_retries2: 15/" \
      "collect/scenarios/$scenario.yml" >"$out/$scenario.yml"
    start "$out/$scenario.yml" "$trials"
  done
done
for pid in $running; do wait "$pid"; done

running=
for release in bookworm trixie sid; do
  for scenario in silent-loss-leader-tcp-retries silent-loss-leader-tcp-retries-client; do
    name=$release-${scenario#silent-loss-leader-} out=$captures/$release-${scenario#silent-loss-leader-}
    start "$scenario" 3
  done
done
if [ -n "$dry" ]; then exit; fi
for pid in $running; do wait "$pid"; done

for out in "$captures"/*; do
  npm run --silent ingest -- "$out" --out "$parts/${out##*/}"
done
npm run --silent dataset -- merge "$parts"/* --out data/silent-loss-new
