import assert from 'node:assert/strict';
import { UserError } from '../common/errors.js';

/** Holds that something fails with a UserError whose message fits. */
export async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error: Error) => {
    assert.ok(error instanceof UserError, error.stack);
    assert.match(error.message, message);
    return true;
  });
}
