#!/bin/sh
# A campaign over the nodes of a Slurm cluster: an array of jobs, each of which makes one part, whole blocks of one plan.
#
#   OUT=data/rack sbatch --array=1-8 collect/slurm.sh crash-leader pause-leader --trials 16 --name rack
#   npm run ingest -- data/rack --out data/rack-dataset
#
# The same command once more goes on where it was stopped: finished runs are kept. `--array=3,5` makes these two again, with
# PARTS=8, as the count of all. What follows are the scenarios and options of `npm run collect`, the same for all parts.
# Submit it from the project's folder, which all nodes share; each needs what `npm run setup` gets.
#
#   OUT     a folder that all nodes share. Default: data/campaign
#   PARTS   how many parts there are. Default: how many jobs the array has
#
#SBATCH --job-name=campaign
#SBATCH --nodes=1 --ntasks=1
# a node has room for one cluster: others on it would disturb it
#SBATCH --exclusive
#SBATCH --output=part-%a.log --open-mode=append
set -eu
: "${SLURM_ARRAY_TASK_ID:?expected an array: sbatch --array=1-8 collect/slurm.sh ...}"
folder=$SLURM_SUBMIT_DIR
exec sh "$folder/collect/part.sh" "$folder" "${OUT:-data/campaign}" \
  "$SLURM_ARRAY_TASK_ID" "${PARTS:-$SLURM_ARRAY_TASK_COUNT}" "$@"
