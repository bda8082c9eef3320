// Made from the files beside it by src/generate-indexes.mjs, with every build.
import type { RuntimeName } from '../../src/vocabulary/runtimes.js';
import compose from './compose.js';
import hosts from './hosts.js';
import processes from './process.js';
import type { RuntimeKind } from './parts/runtime.js';

/** What nodes can run in. */
export const RUNTIME_KINDS: Readonly<Record<RuntimeName, RuntimeKind>> = {
  compose,
  hosts,
  process: processes,
} satisfies Record<RuntimeName, RuntimeKind>;
