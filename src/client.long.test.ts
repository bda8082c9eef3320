import { test } from 'node:test';
import { assertPauseIsRecorded } from './testing/short-pause.js';

test('in the process runtime, too, a pause is recorded with its whole waits', (context) =>
  assertPauseIsRecorded(context, 'process'));
