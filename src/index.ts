/** What a notebook or another program imports as `dqlite-reliability`. */

export { counted } from './common/counted.js';
export { UserError } from './common/errors.js';
export type { Dataset, Parameter } from './dataset/open.js';
export { type Row, TABLES, type TableName } from './dataset/schema.js';
export { type FigureName, figures } from './figures/index.js';
export { waitWords } from './figures/parts/wait-words.js';
export { severityWords } from './figures/parts/words.js';
export { type IngestOptions, type IngestReport, ingest } from './ingest/ingest.js';
export { restoredText } from './ingest/restore.js';
export type { Channel } from './notebook/channel.js';
export { type Data, defaultDataset, openDataset } from './notebook/data.js';
export type { Drawing } from './notebook/drawing.js';
export { type Frame, frame } from './notebook/frame.js';
export { type PlotOptions, plot } from './notebook/plot.js';
export { say, show } from './notebook/show.js';
export { vegaLite } from './notebook/vega-lite.js';
export { span } from './notebook/words.js';
export {
  baselineOf,
  type Configuration,
  configurationsOrNone as configurations,
  estimate,
  hardest,
  ratioToBaseline,
} from './results/derived/configurations.js';
export { type Comparison, comparePublishedOrNone as comparePublished } from './results/derived/published.js';
export { type SummaryRow, summary } from './results/derived/summary.js';
export { runWrites } from './results/derived/writes.js';
export { RESULTS } from './results/index.js';
export { type OutageGroup, outageGroups as outages } from './results/outages.js';
export { OPS, OUTCOMES } from './vocabulary/outcomes.js';
