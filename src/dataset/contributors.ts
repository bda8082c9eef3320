import { UserError } from '../common/errors.js';

/** Who made a dataset: a name, and an address that tells the person from others of that name. */
export interface Contributor {
  readonly title: string;
  /** An ORCID iD as https://orcid.org/…, or another web address. */
  readonly path?: string;
}

/**
 * Reads `Name` or `Name <https://orcid.org/0000-0002-1825-0097>`; a bare ORCID iD between the angle brackets will do.
 * @throws UserError where the address is neither
 */
export function parseContributor(text: string): Contributor {
  const [, name, address] = /^\s*([^<>]+?)\s*(?:<([^<>]*)>)?\s*$/.exec(text) ?? [];
  if (name === undefined) throw new UserError(`contributor ${JSON.stringify(text)}: ${EXPECTED}`);
  if (address === undefined) return { title: name };
  const path = ORCID.test(address) ? `https://orcid.org/${address}` : address;
  if (!/^https:\/\/[^\s<>"]+$/.test(path)) {
    throw new UserError(
      `contributor ${JSON.stringify(text)}: address ${JSON.stringify(address)}: ${EXPECTED}`,
    );
  }
  return { title: name, path };
}

const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/;
const EXPECTED = 'expected a name, or "Name <ORCID iD or https address>"';
