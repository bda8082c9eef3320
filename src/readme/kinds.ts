import { groupBy } from '../common/group.js';
import { FAULT_KINDS, FAULTS } from '../vocabulary/faults.js';

/** The kinds of fault by what their severity is counted in. */
export async function kindsWords(): Promise<string> {
  const units = groupBy(FAULT_KINDS, (kind) => FAULTS[kind].unit ?? '');
  const words = [...units]
    .toSorted(([a], [b]) => Number(a === '') - Number(b === ''))
    .map(([unit, kinds]) => {
      const names = kinds.map((kind) => `\`${kind}\``).join(', ');
      return unit === '' ? `without severity: ${names}` : `in ${unit}: ${names}`;
    });
  return `Kinds of fault and the unit of their severity, ${words.join('; ')}. \`npm run collect -- --list-faults\` explains them.`;
}
