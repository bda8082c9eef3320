/** A point, or a bar through it where it has ends, in the data's units. */
export interface Obstacle {
  x: number;
  y: number;
  x1?: number | null;
  x2?: number | null;
  y1?: number | null;
  y2?: number | null;
}

/** Where a label's middle goes, in px from its point; y grows downwards. */
export interface Offset {
  dx: number;
  dy: number;
}

/** A plot whose axes run from 0 at its corner to `edge`. */
interface Plot {
  width: number;
  height: number;
  edge: { x: number; y: number };
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const [GLYPH, LINE, DOT] = [6.2, 9, 3.5];
const DIRECTIONS = [-45, -90, 0, 45, -135, 90, 180, 135].map((degrees) => (degrees * Math.PI) / 180);

/**
 * Puts each label beside its point, where it covers no point, bar or label placed before, as near as it can. It works
 * in px, so what it finds holds for a plot of that size and for larger ones.
 */
export function placeLabels(
  points: readonly { x: number; y: number; text: string }[],
  obstacles: readonly Obstacle[],
  plot: Plot,
): Offset[] {
  const px = (x: number) => (x / plot.edge.x) * plot.width;
  const py = (y: number) => plot.height * (1 - y / plot.edge.y);
  const taken: Box[] = [...points, ...obstacles].map((o: Obstacle) => ({
    left: px(o.x1 ?? o.x) - DOT / 2,
    right: px(o.x2 ?? o.x) + DOT / 2,
    top: py(o.y2 ?? o.y) - DOT / 2,
    bottom: py(o.y1 ?? o.y) + DOT / 2,
  }));
  const inside = { left: 0, right: plot.width + 12, top: -4, bottom: plot.height };
  return points.map((point) => {
    const [width, height] = [GLYPH * point.text.length, LINE];
    const boxAt = ({ dx, dy }: Offset): Box => ({
      left: px(point.x) + dx - width / 2,
      right: px(point.x) + dx + width / 2,
      top: py(point.y) + dy - height / 2,
      bottom: py(point.y) + dy + height / 2,
    });
    const candidates = offsets(width, height).map((offset, order) => {
      const mine = boxAt(offset);
      const outside = width * height - overlap(mine, inside);
      const covered = taken.reduce((sum, other) => sum + overlap(mine, other), 0);
      return { offset, mine, cost: covered + outside + order * 0.01 };
    });
    const best = candidates.reduce((a, b) => (b.cost < a.cost ? b : a));
    taken.push(best.mine);
    return best.offset;
  });
}

/** Points along a line through `points`, as obstacles. */
export function alongLine(points: readonly { x: number; y: number }[]): Obstacle[] {
  const STEPS = 8;
  return points.flatMap((from, i) => {
    const to = points[i + 1] ?? from;
    const at = (part: number) => ({ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) });
    return Array.from({ length: STEPS }, (_, step) => at(step / STEPS));
  });
}

/** Places around a point, nearest first. */
function offsets(width: number, height: number): Offset[] {
  return [4, 8, 14, 20, 28].flatMap((gap) =>
    DIRECTIONS.map((angle) => ({
      dx: Math.round(Math.cos(angle) * (gap + width / 2)),
      dy: Math.round(Math.sin(angle) * (gap + height / 2)),
    })),
  );
}

/** The area that two boxes share, in px². */
function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
