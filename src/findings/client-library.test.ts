import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MissingData } from '../results/core/query.js';
import { openCrashes } from '../testing/open-crashes.js';
import { clientLibrary, verdict } from './client-library.js';

const CROSSED = [
  ['trixie', 'trixie'],
  ['trixie', 'sid'],
  ['sid', 'trixie'],
  ['sid', 'sid'],
] as const;

test('where clients wait for as long on each dqlite, and not with each library, it is the library', async (t) => {
  const data = await openCrashes(t, CROSSED, (_, library) => (library === 'sid' ? 5 : 10));
  const { headline, more } = await clientLibrary.say(data);
  assert.equal(
    headline,
    'When the leader was killed (`kill -9`) and stayed away, a write succeeded again after 10.3 s at the earliest with go-dqlite 2.0.0 (trixie) and 5.3 s with go-dqlite 3.0.4 (sid), on the same 2 versions of dqlite: the library makes a difference (p < 0.001), and dqlite was not shown to (p = 1.00).',
  );
  assert.match(
    more[1]!,
    /^On dqlite 1\.18\.1 \(trixie\) 5\.3 to 6\.5 s \(6 of 12 trials\), 10\.3 to 11\.5 s \(6\) and dqlite 1\.18\.7/,
  );
});

test('libraries that were never crossed with dqlite tell nothing of either', async (t) => {
  const own = CROSSED.filter(([dqlite, library]) => dqlite === library);
  const data = await openCrashes(t, own, (_, library) => (library === 'sid' ? 5 : 10));
  await assert.rejects(clientLibrary.say(data), MissingData);
});

test('a difference is said of what showed one, and of nothing else', () => {
  assert.equal(
    verdict(0.0001, 0.41),
    'the library makes a difference (p < 0.001), and dqlite was not shown to (p = 0.41)',
  );
  assert.equal(
    verdict(0.03, 0.02),
    'dqlite makes a difference (p = 0.020), and the library was not shown to (p = 0.030)',
  );
  assert.equal(
    verdict(0.0001, 0.0002),
    'both the library and dqlite make a difference (p < 0.001 and < 0.001)',
  );
  assert.equal(
    verdict(0.3, 0.02501),
    'neither library nor dqlite was shown to make a difference (p = 0.30 and = 0.025)',
  );
});
