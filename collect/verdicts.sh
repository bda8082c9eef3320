#!/bin/sh
# Makes the datasets of verdicts, with registers and with lists, three times on each release of Debian. Parts run side by side:
# what clients saw can be judged on a busy machine, what they waited cannot, so that these datasets tell nothing about times. A
# part that was stopped goes on with the same command.
#
#   sh collect/verdicts.sh every [--dry-run]    every fault under a light load: leaves data/verdicts-new after an hour and a half
#   sh collect/verdicts.sh limits [--dry-run]   the limits that so light a load does not meet, under a heavier one: leaves
#                                               data/verdicts-limits-new after half an hour
set -eu
cd "$(dirname "$0")/.."
dry=${2:-}

case ${1:-} in
every)
  name=verdicts parts='1/3 2/3 3/3'
  set -- --every-fault --rate 100
  ;;
limits)
  name=verdicts-limits parts='1/2 2/2'
  set -- busy-leader-slow-follower cpu-limit-leader disk-throttle-leader disk-throttle-follower memory-leader memory-follower \
    network-rate-follower --hardest --rate 400
  ;;
*)
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  exit 2
  ;;
esac
captures=data/$name-captures datasets=data/$name-parts

running=
for workload in registers lists; do
  for part in $parts; do
    out=$captures/$workload-${part%/*} resume=$dry
    if [ -f "$out/campaign.json" ]; then resume="--resume $dry"; fi
    # shellcheck disable=SC2086 # one option or two
    npm run --silent collect -- "$@" --workloads "$workload" --within 10 --trials 3 --releases bookworm,trixie,sid \
      --name "$name-$workload" --part "$part" --out "$out" $resume &
    running="$running $!"
    if [ -n "$dry" ]; then wait; fi
  done
done
for pid in $running; do wait "$pid"; done
if [ -n "$dry" ]; then exit; fi

for workload in registers lists; do
  npm run --silent ingest -- "$captures/$workload"-[123] --out "$datasets/$workload"
done
npm run --silent dataset -- merge "$datasets/registers" "$datasets/lists" --out "data/$name-merged"
npm run --silent dataset -- subset "data/$name-merged" --operations-of-trials 1 --out "data/$name-new"
