import type { Drawing } from './draw-files.js';
import { answers } from './thread.js';

// packages are loaded while the dataset is asked; the project's modules with the first figure, which `--watch` may change till then
Promise.all([import('vega'), import('vega-lite'), import('canvas')]).catch(() => {});

answers(async (drawing: Drawing) => {
  const { drawFiles } = await import('./draw-files.js');
  return drawFiles(drawing);
});
