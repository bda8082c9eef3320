#!/bin/sh
# Measures again what data/ ships of times and rates, in parts of at most two hours each. While a part is made, nothing else may
# run on the machine. A part that was stopped goes on with the same command.
#
#   sh collect/reference.sh PART [--dry-run]   faults, leader-crash, leader-lost, library, lengths, partial-failures, releases,
#                                              settings, slow-follower, sweeps: datasets of their own, data/PART; and curve,
#                                              faults-2022, memory-2022: 2022's questions
#   sh collect/reference.sh join               the last three as one dataset, data/reference-new
#   sh collect/reference.sh PART [--dry-run]   more trials of what a dataset did not decide: slow-network, data/slow-follower-new;
#                                              partitions, then disk-full, data/partial-failures-new; memory,
#                                              data/releases-new; undecided-2022, undecided-memory, undecided-workers,
#                                              undecided-follower, each after the last, data/reference-new
set -eu
cd "$(dirname "$0")/.."
captures=data/reference-captures parts=data/reference-parts all=bookworm,trixie,sid
from= # the dataset that a part adds trials to

case ${1:-} in
curve) set -- "$@" 2022/baseline --trials 3 --duration 28 --seed 2027 ;; # another plan of the same campaign has another seed
faults-2022)
  set -- "$@" 2022/no-fault 2022/slow-cpu-leader 2022/slow-cpu-follower 2022/memory-leader 2022/memory-follower \
    2022/crash-follower reference/many-workers reference/cpu-limit-follower-met reference/memory-follower-met \
    --trials 10 --duration 28
  ;;
memory-2022)
  set -- "$@" reference/no-fault-as-long reference/memory-leader-met --trials 6 --duration 60 --seed 2028
  ;;
faults)
  set -- "$@" reference/baseline cpu-contention cpu-limit-leader cpu-limit-follower disk-slow-leader disk-slow-follower \
    disk-throttle-leader disk-throttle-follower network-delay-leader network-delay-follower network-rate-follower \
    pause-leader pause-leader-closed crash-leader crash-leader-closed --trials 6 --duration 20
  ;;
leader-crash)
  set -- "$@" reference/crash-leader --trials 5 --duration 30 --releases $all
  ;;
leader-lost)
  set -- "$@" reference/stop-leader reference/shutdown-leader reference/pause-leader reference/network-cut-leader \
    --trials 5 --duration 30 --releases $all
  ;;
settings)
  set -- "$@" crash-leader crash-leader-short-timeouts pause-leader pause-leader-short-timeouts --trials 6 --duration 30
  ;;
slow-follower)
  set -- "$@" baseline disk-slow-follower network-delay-follower --rate 30% --trials 12 --duration 20
  ;;
slow-network)
  from=slow-follower name=reference-slow-follower
  set -- "$@" baseline network-delay-follower --rate 30% --trials 12 --duration 20 --seed 2027
  ;;
undecided-2022)
  from=reference name=reference
  set -- "$@" 2022/no-fault reference/many-workers reference/cpu-limit-follower-met --trials 45 --duration 28 --seed 2031
  ;;
undecided-workers) # in pairs: runs of half a minute apart differed by 18 %, runs of some minutes apart by 25 %
  from=reference name=reference
  set -- "$@" reference/few-workers reference/many-workers --trials 80 --duration 28 --seed 2033
  ;;
undecided-follower)
  from=reference name=reference
  set -- "$@" reference/few-workers reference/cpu-limit-follower-met --trials 40 --duration 28 --seed 2034
  ;;
undecided-memory)
  from=reference name=reference
  set -- "$@" reference/no-fault-as-long reference/memory-leader-met --trials 15 --duration 60 --seed 2032
  ;;
library)
  set -- "$@" crash-leader-client-bookworm crash-leader-client-trixie crash-leader-client-sid --trials 10 --duration 35 \
    --releases $all
  ;;
partial-failures)
  set -- "$@" partition-quorum-loss-follower partition-quorum-loss-leader partition-constrained partition-chained-leader \
    partition-chained-follower --trials 3
  ;;
disk-full)
  from=partial-failures name=reference-partial-failures
  set -- "$@" disk-full-leader-light disk-full-leader-busy disk-full-follower --trials 2 --releases $all --seed 2037
  ;;
partitions)
  from=partial-failures name=reference-partial-failures
  set -- "$@" partition-quorum-loss-follower partition-quorum-loss-leader partition-constrained partition-chained-leader \
    partition-chained-follower --trials 2 --releases bookworm,sid --seed 2036
  ;;
memory)
  from=releases name=reference-releases
  set -- "$@" baseline memory-leader memory-follower --trials 2 --duration 30 --retries 1 --releases $all --seed 2038
  ;;
releases)
  set -- "$@" baseline policy-bare network-cut-in-leader network-cut-out-leader network-cut-link-out-leader \
    crash-restart-follower network-cut-follower cpu-limit-leader disk-slow-leader network-delay-leader \
    network-delay-follower network-loss-leader --hardest --trials 2 --duration 30 --retries 1 --releases $all
  ;;
lengths)
  set -- "$@" reference/sweep-network-delay-lengths --trials 3
  ;;
sweeps)
  set -- "$@" baseline sweep-cpu-limit sweep-disk-throttle sweep-network-delay sweep-network-loss --trials 5 --duration 16 \
    --retries 1
  ;;
join)
  npm run --silent dataset -- merge "$parts/curve" "$parts/faults-2022" "$parts/memory-2022" --campaign reference \
    --out data/reference-merged
  kept=memory-leader-met-100MB-w09-t1,baseline-w01-t1,baseline-w16-t1,no-fault-w09-t1,memory-leader-30MB-w09-t1
  kept=$kept,slow-cpu-leader-3burners-w09-t1,cpu-limit-follower-met-0.02cpus-w09-t1,memory-follower-met-14MB-w09-t1,crash-follower-w09-t1
  exec npm run --silent dataset -- subset data/reference-merged --operations-of-runs $kept --out data/reference-new
  ;;
*)
  sed -n '2,12s/^# \{0,1\}//p' "$0"
  exit 2
  ;;
esac

part=$1
shift
set -- --seed 2026 "$@" --name "${name:-reference-$part}" --out "$captures/$part"
if [ "$from" ]; then set -- "$@" --after "data/$from"; fi
case " $* " in *' --dry-run '*) exec npm run --silent collect -- "$@" ;; esac
if [ -f "$captures/$part/campaign.json" ]; then set -- --resume "$@"; fi
npm run --silent collect -- "$@"
rm -rf "$parts/$part"
npm run --silent ingest -- "$captures/$part" --out "$parts/$part"
case $part in
faults | leader-crash | leader-lost | lengths | library | partial-failures | settings | slow-follower | sweeps)
  rm -rf "data/$part"
  npm run --silent dataset -- subset "$parts/$part" --operations-of-trials 1 --out "data/$part"
  ;;
releases)
  rm -rf data/releases
  kept=network-cut-in-leader-registers-w08-t1,network-cut-out-leader-registers-w08-t1
  kept=$kept,network-cut-link-out-leader-registers-w08-t1,policy-bare-registers-w08-t1
  npm run --silent dataset -- subset "$parts/releases" --operations-of-runs $kept --out data/releases
  ;;
disk-full | memory | partitions | slow-network | undecided-*)
  npm run --silent dataset -- subset "$parts/$part" --operations-of-trials 0 --out "$parts/$part-small"
  if [ -d "data/$from-new" ]; then old=data/$from-new; else old=data/$from; fi
  npm run --silent dataset -- merge "$old" "$parts/$part-small" --out "data/$from-newer"
  rm -rf "data/$from-new"
  mv "data/$from-newer" "data/$from-new"
  ;;
esac
