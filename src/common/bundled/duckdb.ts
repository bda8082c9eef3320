export { default as duckdb } from '@duckdb/node-api';
