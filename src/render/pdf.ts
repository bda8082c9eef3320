import type { Font, GlyphRun } from 'fontkit';
import { type Fonts, INTER } from './fonts.js';
import { sizeOf } from './svg.js';

const PT_PER_PX = 0.75;

/** An SVG as a PDF of one page: vectors, and text in embedded fonts that can be selected. The same SVG, the same bytes. */
export async function svgToPdf(svg: string, title: string, fonts: Fonts = INTER): Promise<Uint8Array> {
  const [{ default: PDFDocument }, { default: SVGtoPDF }, opened] = await loadPdf(fonts);
  const [width, height] = sizeOf(svg);
  const document = new PDFDocument({
    size: [width * PT_PER_PX, height * PT_PER_PX],
    margin: 0,
    font: '',
    info: {
      Title: title,
      Producer: 'dqlite-reliability',
      Creator: 'dqlite-reliability',
      CreationDate: new Date(0),
    },
  });
  const chunks: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  // pdfkit takes an open font as well, which its types do not say
  for (const [weight, font] of opened) document.registerFont(weight, font as unknown as Buffer);
  // the types ask for the class where they mean a document
  SVGtoPDF(document as unknown as typeof PDFDocument, svg, 0, 0, {
    fontCallback: (_family, bold) => (bold ? 'semibold' : 'regular'),
    warningCallback: (warning) => {
      throw new Error(`the PDF cannot show all of the figure: ${warning}`);
    },
  });
  document.end();
  return whole;
}

/** Loads what a PDF is made with. */
export function loadPdf(fonts: Fonts = INTER) {
  return Promise.all([import('pdfkit'), import('svg-to-pdfkit'), openFonts(fonts)]);
}

const OPENED = new Map<string, Promise<[string, Font][]>>();

/** Opened once, since reading a font's tables takes longer than drawing a figure. */
function openFonts({ regular, semibold }: Fonts): Promise<[string, Font][]> {
  const key = `${regular}\n${semibold}`;
  const fonts =
    OPENED.get(key) ??
    import('fontkit').then(({ openSync }) =>
      Object.entries({ regular, semibold }).map(([weight, file]) => [weight, remembering(openSync(file))]),
    );
  OPENED.set(key, fonts);
  return fonts;
}

/** A font that shapes each text once: figures repeat theirs. It gives copies, since pdfkit scales the positions. */
function remembering(font: Font): Font {
  const runs = new Map<string, GlyphRun>();
  const layout = font.layout.bind(font);
  // a glyph that was met as a part of another has no characters, and a figure’s bytes would depend on those drawn before
  const alone = (text: string) => {
    font._glyphs = {};
    return layout(text);
  };
  font.layout = (text, features) => {
    if (features) return layout(text, features);
    const run = runs.get(text) ?? alone(text);
    runs.set(text, run);
    return copy(run, { positions: run.positions.map((one) => copy(one)) });
  };
  return font;
}

function copy<T extends object>(one: T, change?: Partial<T>): T {
  return Object.assign(Object.create(Object.getPrototypeOf(one)), one, change);
}
