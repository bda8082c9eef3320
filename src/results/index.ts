// Made from the files beside it by src/generate-indexes.mjs, with every build.
import { availability } from './availability.js';
import { clientWindows } from './client-windows.js';
import { nodeUsage } from './node-usage.js';
import { outages } from './outages.js';
import { outcomes } from './outcomes.js';
import { percentiles } from './percentiles.js';
import { responseTimes } from './response-times.js';
import { service } from './service.js';
import { steady } from './steady.js';
import { windows } from './windows.js';

/** Every result that a dataset stores, by the name of its view. */
export const RESULTS = {
  availability,
  client_windows: clientWindows,
  node_usage: nodeUsage,
  outages,
  outcomes,
  percentiles,
  response_times: responseTimes,
  service,
  steady,
  windows,
} as const;
