// Made from the files beside it by src/generate-indexes.mjs, with every build.
import { nodeUsage } from './node-usage.js';
import { outages } from './outages.js';
import { outcomes } from './outcomes.js';
import { percentiles } from './percentiles.js';
import { windows } from './windows.js';

/** Every result that a dataset stores, by the name of its view. */
export const RESULTS = {
  node_usage: nodeUsage,
  outages,
  outcomes,
  percentiles,
  windows,
} as const;
