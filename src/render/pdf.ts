import type { View } from 'vega';

const PT_PER_PX = 0.75;

/**
 * A view as a PDF of one page: vectors, and text in embedded fonts that can be selected. The same view, the same bytes.
 * @param size width and height in px, as the SVG has them
 */
export async function viewToPdf(
  view: View,
  title: string,
  [width, height]: readonly [number, number],
  scale = 1,
): Promise<Uint8Array> {
  const { PDFDocument } = await import('canvas');
  const name = 'dqlite-reliability';
  const document = new PDFDocument({ title, creator: name, producer: name, compressionLevel: 9 });
  const page = document.beginPage(width * PT_PER_PX, height * PT_PER_PX);
  fillTextWhole(page);
  await view.toCanvas(scale * PT_PER_PX, { externalContext: page });
  document.endPage();
  return document.close();
}

/** A text after a dashed line would be cut into dashes as well, and shapes stand in its place for the font. */
function fillTextWhole(page: CanvasText): void {
  const fillText = page.fillText.bind(page);
  page.fillText = (...text) => {
    const dashes = page.getLineDash();
    page.setLineDash([]);
    fillText(...text);
    page.setLineDash(dashes);
  };
}

type CanvasText = Pick<import('canvas').SKRSContext2D, 'fillText' | 'getLineDash' | 'setLineDash'>;
