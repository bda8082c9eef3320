import { createRequire } from 'node:module';
import { UserError } from '../common/errors.js';

const require = createRequire(import.meta.url);

/** A font by its name and the files of two weights. */
export interface Fonts {
  readonly family: string;
  readonly regular: string;
  readonly semibold: string;
}

/** The package's own fonts; nothing is ever taken from the system. */
export const INTER: Fonts = {
  family: 'Inter',
  regular: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  semibold: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
};

/**
 * The font in a TrueType or OpenType file, and in a second one for what is semibold; without that the first serves for both.
 * @throws UserError where a file is no such font, or more are named
 */
export async function readFonts(files: readonly string[]): Promise<Fonts> {
  const [regular, semibold = regular, ...more] = files;
  if (!regular || !semibold || more.length > 0)
    throw new UserError(
      `--font: expected one font file, or a regular and a semibold one, received ${files.length}`,
    );
  const { openSync } = await import('fontkit');
  const families = [regular, semibold].map((file) => {
    try {
      const { familyName } = openSync(file);
      if (familyName) return familyName;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      throw new UserError(
        `--font: ${file} cannot be read as a font (${reason}): expected a .ttf or .otf file`,
      );
    }
    throw new UserError(
      `--font: ${file} holds several fonts or none with a name: expected a .ttf or .otf file`,
    );
  });
  // it stands in quotes within CSS
  return { family: families[0]!.replace(/[^\w -]/g, ''), regular, semibold };
}

const registered = new Set<Fonts>();

/** Lets Vega measure text as it will be drawn; must be done before a view with these fonts is made. */
export async function registerFonts(fonts: Fonts = INTER): Promise<void> {
  const { GlobalFonts } = await import('canvas');
  if (registered.has(fonts)) return;
  registered.add(fonts);
  for (const file of new Set([fonts.regular, fonts.semibold]))
    GlobalFonts.registerFromPath(file, fonts.family);
}
