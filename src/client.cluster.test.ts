import { test } from 'node:test';
import { assertPauseIsRecorded } from './testing/short-pause.js';

test('all that was due while the leader was paused is recorded, with its whole wait', (context) =>
  assertPauseIsRecorded(context, 'compose'));
