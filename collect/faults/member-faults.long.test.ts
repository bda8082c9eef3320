import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertConfirmedAndEnded, trial } from '../../src/testing/fault-trial.js';

for (const runtime of ['process', 'compose'] as const) {
  test(`${runtime}: a new node joins, and votes`, async () => {
    assertConfirmedAndEnded(await trial(runtime, 'join', 'newcomer', undefined, 12), 'votes_gained');
  });

  for (const role of ['leader', 'follower'] as const) {
    test(`${runtime}: an empty node takes the place of a lost ${role}`, async () => {
      const result = await trial(runtime, 'replace', role, undefined, 5);
      assertConfirmedAndEnded(result, 'votes');
      assert.equal(result.run.target_role, role);
    });
  }
}

for (const role of ['leader', 'follower'] as const) {
  test(`a ${role} is upgraded, and says that it runs a newer dqlite`, async () => {
    const result = await trial('compose', 'upgrade', role, undefined, 18);
    assertConfirmedAndEnded(result, 'library_version');
    const [{ before, during } = {}] = result.evidence;
    assert.ok(Number(during) > Number(before), `${during}, ${before} before`);
  });
}

test('another release is refused before anything runs where there is only that of the machine', async () => {
  await assert.rejects(
    trial('process', 'upgrade', 'follower'),
    /the process runtime runs the dqlite of this machine/,
  );
});
