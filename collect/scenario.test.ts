import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { packagePath } from '../src/common/paths.js';
import { KNOWN } from './scenario.js';

test('every field of a scenario is explained beside the scenarios, and no other', () => {
  const [own = '', ...parts] = readFileSync(packagePath('collect/scenarios/README.md'), 'utf8').split(
    '\n## ',
  );
  const explained = new Map([['', own], ...parts.map((part) => [/^`(\w+)`/.exec(part)![1]!, part] as const)]);
  for (const [place, fields] of Object.entries(KNOWN)) {
    if (place === 'faults') continue; // each is a fault
    const rows = explained.get(place)!.matchAll(/^\| (`[^|]*) \|/gm);
    const named = [...rows].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    assert.deepEqual(named.toSorted(), fields.toSorted(), place || 'a scenario');
  }
});
