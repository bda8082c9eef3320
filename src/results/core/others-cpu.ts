import { FAULTS, usesCpu } from '../../vocabulary/faults.js';

const USING = Object.keys(FAULTS).filter(usesCpu);

/**
 * SQL for the share of the CPU that others used in a run; null where what made its fault is counted among them: what a fault
 * uses itself is of the fault, and a slope that is fitted to it would take away what the fault does.
 */
export const OTHERS_CPU = `if(list_has_any(string_split(fault, '+'), [${USING.map((kind) => `'${kind}'`).join(', ')}]), NULL, other_cpu_fraction)`;
