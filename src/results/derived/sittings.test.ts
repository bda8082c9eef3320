import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from './configurations.js';
import { inOneSitting, scaledCount, scaledValues } from './sittings.js';

/** A configuration with so many reads a second in each of its trials, by sitting. */
function configuration(trials: Readonly<Record<string, readonly number[]>>): Configuration {
  const made = Object.entries(trials).flatMap(([sitting, reads]) =>
    reads.map((reads_per_s) => ({ sitting, reads_per_s })),
  );
  return { campaign: 'c', trials: made } as unknown as Configuration;
}

const base = configuration({ monday: [90, 110], friday: [45, 55, 50] });
const both = configuration({ monday: [80], friday: [40] });
const first = configuration({ monday: [20] });

test('what was measured in another sitting is scaled so that the baselines agree', () => {
  const all = [base, both, first];
  assert.deepEqual(scaledValues(both, base, 'reads_per_s', all), [80, 80], 'friday was half as fast');
  assert.deepEqual(scaledValues(base, base, 'reads_per_s', all), [90, 110, 90, 110, 100]);
  assert.equal(scaledCount(all), 4);
});

test('a sitting without a baseline stays as it is', () => {
  const alone = configuration({ sunday: [7] });
  assert.deepEqual(scaledValues(alone, base, 'reads_per_s', [base, first, alone]), [7]);
});

test('what is drawn side by side is of the sitting that has most of it; what was not measured there is drawn as it is', () => {
  const friday = configuration({ friday: [1] });
  const [one, two, other] = inOneSitting([both, first, friday]);
  assert.ok([...one!.trials, ...two!.trials].every(({ sitting }) => sitting === 'monday'));
  assert.equal(other, friday);
});
