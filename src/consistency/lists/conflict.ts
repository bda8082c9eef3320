import type { Model } from '../../vocabulary/models.js';
import type { AnomalyName } from '../anomalies.js';
import type { Key, ListOperation } from '../history.js';

/** Something that cannot be, and operations that show it. */
export interface ListConflict {
  readonly name: AnomalyName;
  /** Null where it takes several lists. */
  readonly key: Key | null;
  /** The strongest model that allows it; by default what its name says. */
  readonly allowedBy?: Model;
  readonly explanation: string;
  readonly operations: readonly ListOperation[];
}
