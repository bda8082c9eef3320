import { UserError } from '../common/errors.js';
import type { Contributor } from '../dataset/contributors.js';
import { changeDataPackage } from '../dataset/datapackage.js';

/** What a person can say of a dataset; what is left out stays as it is. */
export interface Said {
  readonly title?: string | undefined;
  readonly contributors?: readonly Contributor[] | undefined;
  readonly version?: string | undefined;
  readonly doi?: string | undefined;
}

/**
 * Says in a dataset's description what a person has to say. Its tables stay as they are. Returns what was changed.
 * @throws UserError for a version or a DOI that is none
 */
export async function describe(folder: string, { title, contributors, version, doi }: Said): Promise<string> {
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new UserError(`--data-version ${version}: expected three numbers, such as 1.1.0`);
  }
  if (doi !== undefined && !/^10\.\d{4,9}\/[^\s"<>]+$/.test(doi)) {
    throw new UserError(`--doi ${doi}: expected a DOI, such as 10.5281/zenodo.1234567`);
  }
  const id = doi === undefined ? undefined : `https://doi.org/${doi}`;
  const said = Object.entries({ title, contributors, version, id }).filter(
    ([, value]) => value !== undefined,
  );
  if (said.length === 0)
    throw new UserError('nothing to say: expected --title, --by, --data-version or --doi');
  await changeDataPackage(folder, Object.fromEntries(said));
  return `${folder}: ${said.map(([name, value]) => `${name} is ${JSON.stringify(value)}`).join('\n')}\n`;
}
