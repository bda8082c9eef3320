/** A point, or a bar through it where it has ends, in the data's units. */
export interface Obstacle {
  x: number;
  y: number;
  x1?: number | null;
  x2?: number | null;
  y1?: number | null;
  y2?: number | null;
  /** How bad it is to cover it, against a point or a line. Default: 1. */
  weight?: number;
}

/** Where a label's middle goes: dx and dy px from a place in the data's units; y grows downwards. */
export interface Placed {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** Sizes in px that a plot may be drawn at, with axes that run from 0 at its corner to `edge`. */
interface Plot {
  sizes: readonly { width: number; height: number }[];
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
 * Puts each label beside its point, or beside an end of the bar through it, where it covers no point, bar or label
 * placed before at any of the plot's sizes, as near as it can.
 */
export function placeLabels(
  points: readonly (Obstacle & { text: string })[],
  obstacles: readonly Obstacle[],
  { sizes, edge }: Plot,
): Placed[] {
  const canvases = sizes.map(({ width, height }) => {
    const px = (x: number) => (x / edge.x) * width;
    const py = (y: number) => height * (1 - y / edge.y);
    const taken = [...points, ...obstacles].map((o) => ({
      left: px(o.x1 ?? o.x) - DOT / 2,
      right: px(o.x2 ?? o.x) + DOT / 2,
      top: py(o.y2 ?? o.y) - DOT / 2,
      bottom: py(o.y1 ?? o.y) + DOT / 2,
      weight: o.weight ?? 1,
    }));
    return { px, py, taken, inside: { left: 0, right: width + 12, top: -4, bottom: height } };
  });
  return points.map((point) => {
    const [width, height] = [GLYPH * point.text.length, LINE];
    let best: { place: Placed; boxes: Box[]; cost: number } | undefined;
    for (const [order, place] of places(point, width, height).entries()) {
      const least = order * 0.3;
      // each of the others costs more than this
      if (best && best.cost <= least) break;
      const boxes = canvases.map(({ px, py }) =>
        boxAt(px(place.x) + place.dx, py(place.y) + place.dy, width, height),
      );
      const costs = canvases.map(({ taken, inside }, i) => {
        const outside = width * height - overlap(boxes[i]!, inside);
        return taken.reduce((sum, other) => sum + other.weight * overlap(boxes[i]!, other), outside);
      });
      const cost = costs.reduce((a, b) => a + b) + least;
      if (!best || cost < best.cost) best = { place, boxes, cost };
    }
    const { place, boxes } = best!;
    for (const [i, { taken }] of canvases.entries()) taken.push({ ...boxes[i]!, weight: 3 });
    return place;
  });
}

function boxAt(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
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

/** Places for a label, the best first: around the point, then at the right and left end of the bar through it. */
function places({ x, y, x1, x2 }: Obstacle, width: number, height: number): Placed[] {
  const around = (gap: number) =>
    DIRECTIONS.map((angle) => ({
      x,
      y,
      dx: Math.round(Math.cos(angle) * (gap + width / 2)),
      dy: Math.round(Math.sin(angle) * (gap + height / 2)),
    }));
  const atEnds = [4, 4 + width + 4].flatMap((gap) => [
    { x: x2 ?? x, y, dx: gap + width / 2, dy: 0 },
    { x: x1 ?? x, y, dx: -gap - width / 2, dy: 0 },
  ]);
  return [...around(4), ...atEnds, ...[8, 14, 20].flatMap(around)];
}

/** The area that two boxes share, in px². */
function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
