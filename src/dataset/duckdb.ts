import { createRequire } from 'node:module';

/**
 * DuckDB's library: required, since it is CommonJS of fifty files, all of which an import reads once more to find what they
 * export, and takes twice as long for.
 */
export const duckdb: typeof import('@duckdb/node-api') = createRequire(import.meta.url)('@duckdb/node-api');
