#!/bin/sh
# Makes one part of a campaign, or goes on with it where it was begun: what collect/parallel.sh and collect/slurm.sh run.
#
#   sh collect/part.sh FOLDER OUT NUMBER PARTS scenario... [options of npm run collect]
set -eu
folder=$1 out=$2/part-$3 part=$3/$4
shift 4
cd "$folder"
if [ -f "$out/campaign.json" ]; then set -- --resume "$@"; fi
exec npm run --silent collect -- "$@" --part "$part" --out "$out"
