import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The files of the package's own fonts, by weight; nothing is ever taken from the system. */
export const FONTS = {
  regular: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  semibold: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
} as const;

let registered: Promise<void> | undefined;

/** Lets Vega measure text as it will be drawn; must be done before the first view is made. */
export function registerFonts(): Promise<void> {
  registered ??= import('canvas').then(({ GlobalFonts }) => {
    for (const file of Object.values(FONTS)) GlobalFonts.registerFromPath(file, 'Inter');
  });
  return registered;
}
