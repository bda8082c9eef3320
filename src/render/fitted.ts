import { type Fonts, INTER, registerFonts } from './fonts.js';

/** What is used where a reader does not have the font. */
const ELSE = "'Helvetica Neue', Arial, sans-serif";

/**
 * An SVG whose texts are as wide as they were laid out, in whatever font a reader has: each says its width in the figure's,
 * so that none is cut at the picture's edge.
 */
export async function fitted(svg: string, fonts: Fonts = INTER): Promise<string> {
  await registerFonts(fonts);
  const { createCanvas } = await import('canvas');
  const pen = createCanvas(1, 1).getContext('2d');
  const named = /\W/.test(fonts.family) ? `'${fonts.family}'` : fonts.family;
  return svg.replace(
    /<text((?: [\w:-]+="[^"]*")*)>(.*?)<\/text>/gs,
    (_, attributes: string, content: string) => {
      const [size, weight] = [/font-size="([^"]+)"/, /font-weight="([^"]+)"/].map(
        (of) => of.exec(attributes)?.[1],
      );
      pen.font = `${weight ?? 'normal'} ${size} "${fonts.family}"`;
      const width = (text: string) => ` textLength="${pen.measureText(plain(text)).width.toFixed(1)}"`;
      const lines = content.replace(/<tspan([^>]*)>(.*?)<\/tspan>/gs, (whole, place: string, line: string) =>
        line === '' ? whole : `<tspan${place}${width(line)} ${ADJUST}>${line}</tspan>`,
      );
      const own = lines === content && content !== '' ? `${width(content)} ${ADJUST}` : '';
      return `<text${attributes.replace(/font-family="[^"]*"/, `font-family="${named}, ${ELSE}"`)}${own}>${lines}</text>`;
    },
  );
}

const ADJUST = 'lengthAdjust="spacingAndGlyphs"';

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
