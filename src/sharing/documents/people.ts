import type { Contributor } from '../../dataset/contributors.js';

/** As schema.org has a person, for JSON-LD. */
export function personOf({ title, path }: Contributor): Record<string, unknown> {
  return { '@type': 'Person', ...(path ? { '@id': path } : {}), name: title };
}
