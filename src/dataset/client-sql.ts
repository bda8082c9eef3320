import { CLIENT_READS } from '../vocabulary/attempts.js';
import { literal } from './duck.js';

/** SQL for whether an operation of the client only reads. */
export const IS_READ = `op IN (${CLIENT_READS.map(literal).join(', ')})`;

/** SQL for what became of an operation, over its attempts: one success is enough, and one doubt remains. */
export const OPERATION_OUTCOME = `CASE WHEN bool_or(outcome = 'ok') THEN 'ok' WHEN bool_or(outcome = 'unknown') THEN 'unknown'
  WHEN bool_or(outcome = 'fail') THEN 'fail' ELSE 'dropped' END`;

/** SQL for how many writes were acknowledged, over attempts. */
export const ACKNOWLEDGED_WRITES = `count(DISTINCT operation) FILTER (outcome = 'ok' AND NOT ${IS_READ})`;
