import { byDeadlineWords, silentLosses } from '../../../findings/silent-loss.js';
import { type Ask, byRelease } from './answer.js';

/** When a write succeeded again after a silent loss of the leader, for each deadline that the client gave its operations. */
export const byDeadline: Ask = byRelease(
  silentLosses,
  (same) => `a write succeeded again ${byDeadlineWords(same).join('; ')}`,
);
