import { textTable } from '../src/common/table.js';
import { FAULT_KINDS, FAULTS } from '../src/vocabulary/faults.js';
import type { RuntimeName } from '../src/vocabulary/runtimes.js';
import { SEVERITY_UNITS } from '../src/vocabulary/severity-units.js';
import { MECHANICS } from './faults/index.js';
import { RUNTIME_KINDS } from './runtimes/index.js';
import { loadScenario, scenarioNames } from './scenario.js';

/** What users may look for in the list, and why it is not there. */
export const CANNOT_BE_HAD =
  'A step of one node’s clock cannot be had: nodes share the clock of their kernel, time namespaces move only clocks that count from the start, and a Go program does not ask the C library, in which libfaketime could answer.';

/** Every kind of fault with its unit, the severities that scenarios have, and whether it can be had here, or why not. */
export async function listFaults(runtime: RuntimeName): Promise<string> {
  const opened = RUNTIME_KINDS[runtime].open(`list-${process.pid}`, () => {});
  const scenarios = scenarioNames().map(loadScenario);
  const rows = [];
  for (const kind of FAULT_KINDS) {
    const { about, unit } = FAULTS[kind];
    const severities = scenarios.flatMap(({ faults }) =>
      faults.flatMap((fault) => (fault.kind === kind ? (fault.severity ?? []) : [])),
    );
    const lacks: string[] = [];
    for (const capability of MECHANICS[kind].needs) {
      const reason = await opened.lacks(capability);
      if (reason) lacks.push(`no: ${reason}`);
    }
    rows.push({
      kind,
      unit: unit ? `${unit}: ${SEVERITY_UNITS[unit]}` : '',
      severities: [...new Set(severities)].sort((a, b) => a - b).join(', '),
      needs: [
        ...MECHANICS[kind].needs,
        ...(MECHANICS[kind].clientNodes ? ["nodes of the client's program"] : []),
      ].join(', '),
      here: lacks.join('; ') || 'yes',
      about,
    });
  }
  return textTable(['kind', 'unit', 'severities', 'needs', 'here', 'about'], rows);
}
