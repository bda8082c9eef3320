import { MODELS, type Model } from '../vocabulary/models.js';
import type { AnomalyName } from './anomalies.js';
import type { Key, Operation } from './history.js';

/** The most operations of a witness. */
export const WITNESS_OPERATIONS = 10;

/** One thing that is wrong in a history, with the operations that show it. */
export interface Anomaly {
  readonly name: AnomalyName;
  /** The register or list; null where it takes several. */
  readonly key: Key | null;
  /** The strongest model that allows it. */
  readonly allowedBy: Model;
  /** What was seen, in words. */
  readonly explanation: string;
  /** The fewest operations found that show it by themselves, at most ten, by the time they were sent. */
  readonly witness: readonly Operation[];
  /** False where more than ten operations are needed; the witness then has those nearest to the contradiction. */
  readonly complete: boolean;
}

/** What was judged. */
export interface Judged {
  /** Operations of registers and of lists, without those that did not happen. */
  readonly registers: number;
  readonly lists: number;
}

export interface Valid extends Judged {
  readonly verdict: 'valid';
  readonly model: Model;
}

export interface Invalid extends Judged {
  readonly verdict: 'invalid';
  /** The strongest model that still holds, as far as the anomalies tell. */
  readonly model: Model;
  /** One of each name, those that leave the weakest model first. */
  readonly anomalies: readonly Anomaly[];
}

export interface Unknown extends Judged {
  readonly verdict: 'unknown';
  readonly reason: string;
}

/** What a history says of the system that it was seen in. */
export type Verdict = Valid | Invalid | Unknown;

/** What a checker of one kind of object found. */
export interface Findings {
  readonly anomalies: readonly Anomaly[];
  /** Why parts could not be judged. */
  readonly undecided: readonly string[];
  /** Below `strict serializability` where a search was given up that could have found a weaker one. */
  readonly modelAtMost: Model;
}

/** The verdict that findings add up to: one anomaly outweighs all that is undecided. */
export function verdictOf(findings: readonly Findings[], judged: Judged): Verdict {
  const anomalies = findings.flatMap((found) => found.anomalies);
  if (anomalies.length > 0) {
    const named = new Map<AnomalyName, Anomaly>();
    for (const anomaly of anomalies) {
      const other = named.get(anomaly.name);
      if (!other || better(anomaly, other)) named.set(anomaly.name, anomaly);
    }
    const bounds = findings.map(({ modelAtMost }) => modelAtMost);
    const model = weakest([...anomalies.map(({ allowedBy }) => allowedBy), ...bounds]);
    const sorted = [...named.values()].sort((a, b) => rank(b) - rank(a));
    return { ...judged, verdict: 'invalid', model, anomalies: sorted };
  }
  const undecided = findings.flatMap((found) => found.undecided);
  if (undecided.length > 0) return { ...judged, verdict: 'unknown', reason: undecided.join('; ') };
  return { ...judged, verdict: 'valid', model: 'strict serializability' };
}

function better(a: Anomaly, b: Anomaly): boolean {
  if (a.complete !== b.complete) return a.complete;
  return a.witness.length < b.witness.length;
}

function weakest(models: readonly Model[]): Model {
  return MODELS[Math.max(...models.map((model) => MODELS.indexOf(model)))]!;
}

function rank({ allowedBy }: Anomaly): number {
  return MODELS.indexOf(allowedBy);
}
