import { readFile } from 'node:fs/promises';
import { UserError, unknownName } from '../common/errors.js';
import { COLOURS } from './theme.js';

/** Colours in place of a theme's, by their names without `$`. */
export type Palette = Readonly<Record<string, string>>;

/**
 * Reads a palette from a JSON file, such as `{ "measured": "#7fb3d9", "published": "#b3470f" }`. Names that it leaves out
 * keep the theme's colour.
 * @throws UserError that names what is wrong in it
 */
export async function readPalette(file: string): Promise<Palette> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UserError(`--palette: ${file} cannot be read: expected a JSON file`);
  });
  const example = 'expected an object of names and colours, such as { "measured": "#7fb3d9" }';
  let palette: unknown;
  try {
    palette = JSON.parse(text);
  } catch (error) {
    throw new UserError(`--palette: ${file} is not JSON (${(error as Error).message}): ${example}`);
  }
  if (typeof palette !== 'object' || palette === null || Array.isArray(palette))
    throw new UserError(`--palette: ${file}: ${example}`);
  for (const [name, colour] of Object.entries(palette)) {
    if (!COLOURS.includes(name)) throw unknownName('colour', name, COLOURS);
    if (typeof colour !== 'string' || !/^#[\da-f]{6}$/i.test(colour))
      throw new UserError(
        `--palette: ${file}: ${name}: expected a colour such as #7fb3d9, received ${JSON.stringify(colour)}`,
      );
  }
  return palette as Palette;
}
