#!/bin/sh
# A campaign over several machines with GNU parallel: a part on each machine at a time, each part whole blocks of one plan.
#
#   PARTS=8 HOSTS=hosts.txt OUT=data/rack sh collect/parallel.sh crash-leader pause-leader --trials 16 --name rack
#   npm run ingest -- data/rack --out data/rack-dataset
#
# The same command once more goes on where it was stopped: parts that the log has as done are passed over, and of the others
# the finished runs are kept, on whatever machine they go on. What follows are the scenarios and options of
# `npm run collect`, the same for all parts. Each machine needs what `npm run setup` gets, and rsync.
#
#   HOSTS   a file for `parallel --sshloginfile`, with a line `1/DESTINATION` a machine, where `1/` is how many parts at once
#           (two clusters on one machine disturb each other). Default: this machine alone, one part after the other
#   FOLDER  where this project lies on each machine. Default: where it lies here
#   OUT     where captures are gathered, below that folder. Default: data/campaign
set -eu
if [ $# -eq 0 ] || [ -z "${PARTS:-}" ]; then
  sed -n '2,15s/^# \{0,1\}//p' "$0"
  exit 2
fi
cd "$(dirname "$0")/.."
folder=${FOLDER:-$PWD}
out=${OUT:-data/campaign}
for part in $(seq "$PARTS"); do mkdir -p "$out/part-$part"; done
if [ -n "${HOSTS:-}" ]; then
  # a part takes along what was made of it, and brings all of it back, done or not
  set -- "$folder" "$out" {} "$PARTS" "$@" ::: $(seq "$PARTS")
  set -- --workdir "$folder" --transferfile "$out/part-{}" --return "$out/part-{}" --cleanup sh collect/part.sh "$@"
  set -- --sshloginfile "$HOSTS" "$@"
else
  set -- --jobs 1 sh collect/part.sh "$folder" "$out" {} "$PARTS" "$@" ::: $(seq "$PARTS")
fi
[ ! -s "$out/jobs.log" ] || set -- --resume-failed "$@"
exec parallel --will-cite --quote --joblog "$out/jobs.log" --line-buffer --tag "$@"
