import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';

const LIFTED = 'the fault was lifted, or the run ended, before';

for (const [figure, named] of [
  ['figures/latency-distribution', ['95 % interval']],
  ['figures/timeline', ['slowest', '99th percentile', 'median', 'no leader', 'new leader']],
  ['figures/latency-heat', ['Operations', 'no leader', 'new leader']],
  ['figures/evidence', ['raft1, leader', 'raft2, follower', 'raft3, follower']],
  ['figures/outage', ['Share of trials', 'served again', 'new leader', 'longer: lifted, or ended, before']],
  ['figures/impact', ['small: 95 % interval', '† of unpaired means']],
  ['figures/faults/client-impact', ['median', '99th percentile', '95 % interval', 'margin: 1.25 times']],
  ['figures/releases/response-times', ['median', '99th percentile', '95 % interval', 'since it was due']],
  ['figures/leader-lost/recovery', ['new leader', 'service back', LIFTED]],
  ['figures/lengths/danger-zone', ['10 % and 50 %', '95 % interval', 'while it lasted', 'after its lift']],
] as const)
  test(`${figure} can be read alone: its legend names ${named.join(', ')}`, async () => {
    const texts = await textsOf(figure);
    assert.deepEqual(
      named.filter((name) => !texts.includes(name)),
      [],
    );
  });

test('figures/releases/client-impact labels a ratio of 1 in each of its four panels', async () => {
  const svg = await readFile(packagePath('figures/releases/client-impact.svg'), 'utf8');
  const ones = [...svg.matchAll(/<text([^>]*)>1<\/text>/g)].map((match) => match[1]!);
  assert.equal(ones.filter((attributes) => !attributes.includes('opacity="0"')).length, 4);
});

test('numbers are written in one way in all figures: 10,000, neither 10000 nor 10k', async () => {
  const folder = packagePath('figures');
  const drawn = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.svg'),
  );
  assert.ok(drawn.length > 50, `${drawn.length} figures`);
  for (const file of drawn) {
    const texts = await textsOf(join('figures', file.replace(/\.svg$/, '')));
    assert.deepEqual(
      [file, ...texts.filter((text) => /^(?!2022$)−?\d{4,}( |$)|^−?[\d.]+[kMG]$/.test(text))],
      [file],
    );
  }
});

/** What stands in a committed figure; another test holds it to be what is drawn. */
async function textsOf(figure: string): Promise<string[]> {
  const svg = await readFile(packagePath(`${figure}.svg`), 'utf8');
  return [...svg.matchAll(/>([^<>]+)</g)].map((match) => match[1]!);
}
