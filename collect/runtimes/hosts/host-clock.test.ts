import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { anchorHere } from './cluster.js';
import { HostClock, measureOffset } from './host-clock.js';

const MS = 1_000_000n;
const SKEW = 2000n * MS;

/** A clock here, and one of a host that is 2 s ahead and is asked over a way of so many ms there and back. */
function hosts(there: readonly number[], back: readonly number[]) {
  let now = 1_700_000_000_000n * MS;
  let asked = 0;
  return {
    here: () => now,
    async ask() {
      now += BigInt(there[asked % there.length]!) * MS;
      const stamp = now + SKEW;
      now += BigInt(back[asked++ % back.length]!) * MS;
      return stamp;
    },
  };
}

test('a clock that is 2 s ahead is found to within its error, and the fastest answer is believed', async () => {
  const { ask, here } = hosts([40, 3, 90], [2, 1, 8]);
  const { offsetNs, errorNs } = await measureOffset(ask, here);
  assert.equal(errorNs, 2n * MS);
  const off = offsetNs - SKEW;
  assert.ok(off <= errorNs && -off <= errorNs, `${offsetNs} ± ${errorNs}`);
});

test('skewed stamps are corrected to 10 ms, and back', async () => {
  const { ask, here } = hosts([9, 5], [1, 3]);
  const clock = new HostClock();
  for (let i = 0; i < 3; i++) clock.offsets.push(await measureOffset(ask, here));
  const event = here() - 20n * MS;
  const off = clock.toHere(event + SKEW) - event;
  assert.ok(off < 10n * MS && off > -10n * MS, `off by ${off} ns`);
  assert.equal(clock.toHere(clock.fromHere(event)), event);
  assert.ok(clock.errorNs() >= 4n * MS && clock.errorNs() < 4n * MS + MS / 10n, `${clock.errorNs()} ns`);
});

test('a clock that runs away is followed between two looks at it', () => {
  const clock = new HostClock();
  clock.offsets.push(
    { atNs: 0n, offsetNs: 0n, errorNs: 0n },
    { atNs: 1000n * MS, offsetNs: 100n * MS, errorNs: 0n },
  );
  assert.equal(clock.fromHere(500n * MS), 550n * MS);
  assert.equal(clock.toHere(550n * MS), 500n * MS);
});

test('of each second in which a host was asked, the answer that came back fastest is kept', () => {
  const clock = new HostClock();
  const ask = (atMs: number, roundTripMs: number, lateMs: number) => {
    const asked = BigInt(atMs) * MS;
    clock.saw(asked, asked + SKEW + BigInt(lateMs) * MS, asked + BigInt(roundTripMs) * MS);
  };
  ask(0, 30, 25);
  ask(250, 4, 3);
  ask(500, 60, 1);
  ask(1300, 8, 4);
  ask(2600, 3, 1);
  assert.deepEqual(
    clock.offsets.map(({ errorNs }) => errorNs / MS),
    [2n, 1n],
    'the third second told less than was known',
  );
  const off = clock.toHere(250n * MS + SKEW) - 250n * MS;
  assert.ok(off < 2n * MS && off > -2n * MS, `off by ${off} ns`);
});

test('what a client on a host that is 2 s ahead has recorded is put in the time here, to the nanosecond', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'anchor-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'client.json');
  const anchor = (ns: bigint) =>
    `{"anchor":{"reading_ns": 5,"unix_ns": ${ns}},"anchor_end":{"unix_ns":${ns + 7n}}}`;
  const started = 1_795_785_659_751_123_456n;
  await writeFile(file, anchor(started + SKEW));
  const clock = new HostClock();
  clock.offsets.push({ atNs: started, offsetNs: SKEW, errorNs: MS });
  await anchorHere(file, clock);
  assert.equal(await readFile(file, 'utf8'), anchor(started));
});
