import { byDeadline, silentLosses } from '../../../findings/silent-loss.js';
import { type Ask, byRelease } from './answer.js';

/** When a write succeeded again after a silent loss of the leader, for each deadline that the client gave its operations. */
export const waitedSilently: Ask = byRelease(silentLosses, (same) =>
  byDeadline(same).map(({ settings, waited }) => ({ about: settings, found: `first write after ${waited}` })),
);
