import { Help } from 'commander';
import { FAULT_KINDS, FAULTS } from '../src/vocabulary/faults.js';
import type { RuntimeName } from '../src/vocabulary/runtimes.js';
import { SEVERITY_UNITS } from '../src/vocabulary/severity-units.js';
import { MECHANICS } from './faults/index.js';
import { RUNTIME_KINDS } from './runtimes/index.js';
import { loadScenario, scenarioNames } from './scenario.js';

/** What users may look for in the list, and why it is not there. */
export const CANNOT_BE_HAD =
  'A step of one node’s clock cannot be had: nodes share the clock of their kernel, time namespaces move only clocks that count from the start, and a Go program does not ask the C library, in which libfaketime could answer.';

const help = new Help();
const INDENT = '    ';

/**
 * Every kind of fault with its unit, the severities that scenarios have, what it needs, and whether it can be had here, or why
 * not; in lines of `width` characters at most.
 */
export async function listFaults(runtime: RuntimeName, width = Number.POSITIVE_INFINITY): Promise<string> {
  const opened = RUNTIME_KINDS[runtime].open(`list-${process.pid}`, () => {});
  const scenarios = scenarioNames().map(loadScenario);
  let text = '';
  for (const kind of FAULT_KINDS) {
    const { about, unit } = FAULTS[kind];
    const { needs, clientNodes } = MECHANICS[kind];
    const severities = scenarios.flatMap(({ faults }) =>
      faults.flatMap((fault) => (fault.kind === kind ? (fault.severity ?? []) : [])),
    );
    const lacks: string[] = [];
    for (const capability of needs) {
      const reason = await opened.lacks(capability);
      if (reason) lacks.push(reason);
    }
    const list = [...new Set(severities)].sort((a, b) => a - b).join(', ');
    const details = [
      ...(unit ? [`severity in ${unit}: ${SEVERITY_UNITS[unit]}${list && `; scenarios have ${list}`}`] : []),
      `needs ${[...needs, ...(clientNodes ? ["nodes of the client's program"] : [])].join(', ')}`,
      lacks.length > 0 ? `not here: ${lacks.join('; ')}` : 'here: yes',
    ];
    for (const [i, line] of [`${kind}: ${about}`, ...details].entries()) {
      const indent = i === 0 ? '' : INDENT;
      text += `${indent}${help.boxWrap(line, width - INDENT.length).replaceAll('\n', `\n${INDENT}`)}\n`;
    }
  }
  return text;
}
