import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';

const LIFTED = 'the fault was lifted, or the run ended, before';

for (const [figure, named] of [
  ['figures/latency-distribution', ['95 % interval']],
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

/** What stands in a committed figure; another test holds it to be what is drawn. */
async function textsOf(figure: string): Promise<string[]> {
  const svg = await readFile(packagePath(`${figure}.svg`), 'utf8');
  return [...svg.matchAll(/>([^<>]+)</g)].map((match) => match[1]!);
}
