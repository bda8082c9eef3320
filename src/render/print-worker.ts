import { parentPort } from 'node:worker_threads';
import type { Fonts } from './fonts.js';
import { loadPng, svgToPng } from './png.js';

/** An SVG to be drawn as PNG. */
export interface Sheet {
  id: number;
  svg: string;
  fonts: Fonts;
}

export type Printed = { id: number } & ({ png: Uint8Array } | { error: Error });

// loaded while the first figure is drawn
loadPng().catch(() => {});

parentPort!.on('message', async ({ id, svg, fonts }: Sheet) => {
  try {
    parentPort!.postMessage({ id, png: await svgToPng(svg, fonts) } satisfies Printed);
  } catch (error) {
    parentPort!.postMessage({ id, error: error as Error } satisfies Printed);
  }
});
