import { parentPort } from 'node:worker_threads';
import type { Fonts } from './fonts.js';
import { loadPdf, svgToPdf } from './pdf.js';
import { loadPng, svgToPng } from './png.js';

/** An SVG to be put on paper. */
export interface Sheet {
  id: number;
  svg: string;
  title: string;
  fonts: Fonts;
}

export type Printed = { id: number } & ({ pdf: Uint8Array; png: Uint8Array } | { error: Error });

// loaded while the first figure is drawn
for (const load of [() => loadPdf(), loadPng]) load().catch(() => {});

parentPort!.on('message', async ({ id, svg, title, fonts }: Sheet) => {
  try {
    const [png, pdf] = await Promise.all([svgToPng(svg, fonts), svgToPdf(svg, title, fonts)]);
    parentPort!.postMessage({ id, pdf, png } satisfies Printed);
  } catch (error) {
    parentPort!.postMessage({ id, error: error as Error } satisfies Printed);
  }
});
