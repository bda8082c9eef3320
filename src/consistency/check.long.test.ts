import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MUTANTS } from './fixtures/mutants.js';
import { disagreements, falseAlarms, wrongOnMutants } from './fixtures/trials.js';

for (const mutant of MUTANTS) {
  test(`of ${mutant.kinds.join(', ')}: 500 times ${mutant.name} is found and named`, () => {
    assert.deepEqual(wrongOnMutants(mutant, 500), []);
  });
}

test('2,000 valid histories raise no alarm', () => {
  const { alarms, givenUp } = falseAlarms(2000);
  assert.deepEqual(alarms, []);
  assert.ok(givenUp <= 200, `${givenUp} of 2,000 were given up`);
});

for (const objects of ['registers', 'lists'] as const) {
  test(`10,000 verdicts on ${objects} are those of a checker that tries all orders`, () => {
    const { wrong, invalid } = disagreements(10_000, objects);
    assert.deepEqual(wrong, []);
    assert.ok(invalid > 1000, `${invalid} of 10,000 are invalid`);
  });
}
