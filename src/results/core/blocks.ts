/** Runs that start further apart than this, in minutes, were not made one after another. */
const PAUSE_MIN = 30;

/**
 * SQL for the stretch in which each run was measured: run_id, in_block, whether it was remade, and its sitting.
 *
 * Blocks are numbered by the plan that a seed made, in a campaign, on a host. What is compared within a block was made one
 * run after another: a run that was made when others of its plan had gone on to another block, or after a long pause,
 * saw the machine at another time. Such runs are remade, and each stretch of them is a block of its own. Where no run says
 * when it started, the plan's blocks are all that is known. A sitting is all that was made by one plan, in whose blocks each
 * configuration has its share, on one host or on several: another plan of the campaign may have some of them alone.
 */
export const BLOCKS = `(
  WITH started AS (
    SELECT run_id, campaign, seed, host, part, block, try_cast(replace(started_at, 'Z', '') AS TIMESTAMP) AS began FROM runs
  ), turns AS (
    SELECT *, lag(block) OVER plan IS DISTINCT FROM block
      OR coalesce(began - lag(began) OVER plan > INTERVAL ${PAUSE_MIN} MINUTE, false) AS turn
    FROM started WINDOW plan AS (PARTITION BY campaign, seed, host, part ORDER BY began, run_id)
  ), stretches AS (
    SELECT *, if(began IS NULL, 0, sum(turn::INTEGER) OVER (PARTITION BY campaign, seed, host, part ORDER BY began, run_id)) AS stretch
    FROM turns
  ), counted AS (
    SELECT *, count(*) OVER (PARTITION BY campaign, seed, host, part, block, stretch) AS among FROM stretches
  )
  SELECT run_id, concat_ws(chr(10), campaign, seed) AS sitting,
    concat_ws(chr(10), campaign, seed, host, part, coalesce(block::VARCHAR, ''), stretch) AS in_block,
    first_value(stretch) OVER (PARTITION BY campaign, seed, host, part, block ORDER BY among DESC, stretch) <> stretch AS remade
  FROM counted
)`;
