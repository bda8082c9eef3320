import { composeRuntime } from './compose.js';
import { processRuntime, requireHostRelease } from './process.js';
import type { Runtime } from './runtime.js';

interface RuntimeKind {
  open(campaign: string, say: (text: string) => void): Runtime;
  /** The releases to run where these were named, or none. Throws UserError for one that it cannot run. */
  releases(named: readonly string[] | undefined): readonly string[];
}

/** What nodes can run in. */
export const RUNTIMES: Readonly<Record<Runtime['name'], RuntimeKind>> = {
  compose: { open: composeRuntime, releases: (named = ['trixie']) => named },
  process: { open: processRuntime, releases: requireHostRelease },
};
