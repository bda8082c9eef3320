import type { Fonts } from './fonts.js';
import { loadPng, svgToPng } from './png.js';
import { answers } from './thread.js';

/** An SVG to be drawn as PNG. */
export interface Sheet {
  svg: string;
  /** Default: Inter. */
  fonts?: Fonts | undefined;
}

// loaded while the first figure is drawn
loadPng().catch(() => {});

answers(({ svg, fonts }: Sheet) => svgToPng(svg, fonts));
