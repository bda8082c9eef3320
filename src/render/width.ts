/** Of a page, or a slide. */
export type Width = 'column' | 'full' | 'slide';

/** Total width in px of 1/96 inch: one column (3.33 in), and two (7 in). */
const WIDTHS = { column: 320, full: 672 } as const;

/** A slide, in px: 10 in by 5.625 in. */
export const SLIDE = { width: 960, height: 540 } as const;

const PX_PER_UNIT: Readonly<Record<string, number>> = {
  px: 1,
  pt: 96 / 72,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
};
const LENGTH = /^(\d+(?:\.\d+)?)(px|pt|mm|cm|in)$/;

/** Reads `column`, `full`, `slide`, or a length such as `84mm`, in px of 1/96 inch; undefined where a text is neither. */
export function parseWidth(text: string): Width | number | undefined {
  if (text === 'column' || text === 'full' || text === 'slide') return text;
  const [, number, unit] = LENGTH.exec(text) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return Math.floor(Number(number) * PX_PER_UNIT[unit]!);
}

/** In px; a slide is drawn a third smaller than it is shown, so that its letters can be read from afar. */
export function pxOf(width: Width | number): number {
  if (typeof width === 'number') return width;
  return width === 'slide' ? SLIDE.width / 1.6 : WIDTHS[width];
}
