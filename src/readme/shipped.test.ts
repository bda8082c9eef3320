import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { verify } from '../sharing/verify/verify.js';
import { SHIPPED } from './shipped.js';

for (const name of new Set(Object.values(SHIPPED).flat())) {
  test(`who receives data/${name} finds it sound`, async () => {
    assert.deepEqual(await verify(packagePath('data', name)), []);
  });
}
