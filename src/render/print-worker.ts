import { parentPort } from 'node:worker_threads';
import { fitted } from './fitted.js';
import type { Fonts } from './fonts.js';
import { loadPng, svgToPng } from './png.js';

/** An SVG as it was laid out, to be made ready for readers. */
export interface Sheet {
  id: number;
  svg: string;
  fonts: Fonts;
}

/** What readers get of it: it as PNG, and itself with the widths of its texts. */
export interface Print {
  png: Uint8Array;
  svg: string;
}

export type Printed = { id: number } & (Print | { error: Error });

// loaded while the first figure is drawn
loadPng().catch(() => {});
import('canvas').catch(() => {});

parentPort!.on('message', async ({ id, svg, fonts }: Sheet) => {
  try {
    const print: Print = { png: await svgToPng(svg, fonts), svg: await fitted(svg, fonts) };
    parentPort!.postMessage({ id, ...print } satisfies Printed);
  } catch (error) {
    parentPort!.postMessage({ id, error: error as Error } satisfies Printed);
  }
});
