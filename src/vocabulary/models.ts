/** Models of consistency, the strongest first; each allows all that those before it allow. */
export const MODELS = [
  'strict serializability',
  'serializability',
  'snapshot isolation',
  'read committed',
  'read uncommitted',
  'none',
] as const;
export type Model = (typeof MODELS)[number];

/** What is expected where nothing else is said. Of registers, it is linearizability. */
export const EXPECTED_MODEL: Model = 'strict serializability';

/** Whether a model allows nothing that another one does not allow. */
export function isAsStrong(model: Model, as: Model): boolean {
  return MODELS.indexOf(model) <= MODELS.indexOf(as);
}
