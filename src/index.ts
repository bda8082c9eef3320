/** What a notebook or another program imports as `dqlite-reliability`. */
export { UserError } from './common/errors.js';
export { OPS, OUTCOMES, TABLES } from './dataset/schema.js';
