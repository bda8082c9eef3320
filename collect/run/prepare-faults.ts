import { MECHANICS } from '../faults/index.js';
import type { Injection, Setting } from '../faults/parts/fault.js';
import type { PlannedFault } from '../plan.js';

/**
 * Makes ready what injects each fault, into `injections`, so that what was made is there to be cleaned up if the next
 * cannot be. A fault that hits the same node again as the one before it, with the same, shares what that has.
 */
export async function prepareFaults(
  faults: readonly PlannedFault[],
  setting: Omit<Setting, 'severity'>,
  injections: Injection[],
): Promise<void> {
  for (const [i, fault] of faults.entries()) {
    const { kind, severity } = fault;
    injections.push(
      isRepeated(fault, faults[i - 1])
        ? injections[i - 1]!
        : await MECHANICS[kind].prepare({ ...setting, severity: severity ?? 0 }),
    );
  }
}

function isRepeated({ kind, severity, target }: PlannedFault, before: PlannedFault | undefined): boolean {
  return target === 'same' && before?.kind === kind && before.severity === severity;
}
