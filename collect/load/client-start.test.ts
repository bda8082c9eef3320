import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startIn } from './client-start.js';

const STARTED =
  '{"anchor":{"reading_ns":9000000,"unix_ns":1795819799579292329,"monotonic_ns":1,"uncertainty_ns":205},"event":"started","started_ns":29000000}';

test('the first operation is due 20 ms after the client looked at both of its clocks', () => {
  const start = startIn(
    `2026-11-27T22:49:59.600068054Z connected\n2026-11-27T22:49:59.6Z ${STARTED}\n{"event":"ended"}\n`,
  )!;
  assert.ok(Math.abs(start - 1795819799599.292) < 0.01, `${start}`);
});

test('a client that has not begun has no start', () => {
  assert.equal(startIn('dqlite-client: connecting\n'), undefined);
});
