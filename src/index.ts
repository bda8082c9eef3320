/** What a notebook or another program imports as `dqlite-reliability`. */
export {
  baselineOf,
  type Configuration,
  estimate,
  mainConfigurations as configurations,
  ratioToBaseline,
} from './analysis/configurations.js';
export { type OutageGroup, outages } from './analysis/outage.js';
export { type Comparison, comparePublished } from './analysis/published.js';
export { type SummaryRow, summary } from './analysis/summary.js';
export { UserError } from './common/errors.js';
export type { Dataset, Parameter } from './dataset/open.js';
export { OPS, OUTCOMES, type Row, TABLES, type TableName } from './dataset/schema.js';
export { figures } from './figures/index.js';
export { severityWords } from './figures/words.js';
export { type IngestOptions, type IngestReport, ingest } from './ingest/ingest.js';
export { restoredText } from './ingest/restore.js';
export { type Data, defaultDataset, openDataset } from './notebook/data.js';
export type { Drawing } from './notebook/drawing.js';
export type { Frame } from './notebook/frame.js';
export { type Channel, type PlotOptions, plot } from './notebook/plot.js';
export { say, show } from './notebook/show.js';
