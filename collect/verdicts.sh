#!/bin/sh
# Makes the dataset of verdicts: every fault with registers and with lists, three times on each release of Debian. Six parts run
# side by side, in about an hour and a half on two cores: what clients saw can be judged on a busy machine, what they waited
# cannot, so that this dataset tells nothing about times. A part that was stopped goes on with the same command.
#
#   sh collect/verdicts.sh [--dry-run]   leaves data/verdicts-new
set -eu
cd "$(dirname "$0")/.."
captures=data/verdicts-captures parts=data/verdicts-parts dry=${1:-}

running=
for workload in registers lists; do
  for part in 1 2 3; do
    out=$captures/$workload-$part
    set -- --every-fault --workloads "$workload" --rate 100 --within 10 --trials 3 --releases bookworm,trixie,sid \
      --name "verdicts-$workload" --part "$part/3" --out "$out"
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

for workload in registers lists; do
  npm run --silent ingest -- "$captures/$workload"-[123] --out "$parts/$workload"
done
npm run --silent dataset -- merge "$parts/registers" "$parts/lists" --out data/verdicts-merged
npm run --silent dataset -- subset data/verdicts-merged --operations-of-trials 1 --out data/verdicts-new
