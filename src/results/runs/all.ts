import type { Row } from '../../dataset/schema.js';
import { cached } from '../core/query.js';

/** Every run of a dataset, usable or not, by run_id. */
export const allRuns = cached((data) => data.query<Row<'runs'>>('SELECT * FROM runs ORDER BY run_id'));
