import { type Fonts, INTER } from './fonts.js';

const DOTS_PER_INCH = 300;
const PX_PER_INCH = 96;

/** An SVG as PNG with 300 dots an inch, drawn with these fonts alone. */
export async function svgToPng(svg: string, fonts: Fonts = INTER): Promise<Uint8Array> {
  const { Resvg } = await loadPng();
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: DOTS_PER_INCH / PX_PER_INCH },
    font: {
      fontFiles: [fonts.regular, fonts.semibold],
      loadSystemFonts: false,
      defaultFontFamily: fonts.family,
    },
  });
  return resvg.render().asPng();
}

/** Loads what a PNG is made with. */
export function loadPng() {
  return import('@resvg/resvg-js');
}
