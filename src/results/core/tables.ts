import { TABLES, type Table } from '../../dataset/schema.js';
import { RESULTS } from '../index.js';
import type { Result } from './result.js';

export const RESULT_TABLES: readonly Result[] = Object.values(RESULTS);

/** Every file that a dataset can have beside its package: its tables, and the results of its runs. */
export const ALL_TABLES: readonly Table[] = [...Object.values(TABLES), ...RESULT_TABLES];
