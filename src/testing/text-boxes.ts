import type { Spec } from '../figures/parts/figure.js';
import { compileView } from '../render/view.js';

/** A text of a drawn picture, in px from the picture's corner. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Scene {
  width: number;
  height: number;
  texts: TextBox[];
}

interface Item {
  x?: number;
  y?: number;
  opacity?: number;
  stroke?: string;
  text?: string | string[];
  bounds: { x1: number; x2: number; y1: number; y2: number };
  items?: Mark[];
}

interface Mark {
  marktype: string;
  items: Item[];
}

/** Every text that a resolved spec shows, and where, from Vega's own scene. */
export async function textBoxes(spec: Spec): Promise<Scene> {
  const { config, ...rest } = spec as Spec & { config: object };
  const { view } = await compileView(rest as Spec, config);
  const svg = await view.toSVG();
  const [, width, height] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.map(Number);
  const origin = /<g fill="none"[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"/.exec(svg)!.map(Number);
  const texts: TextBox[] = [];
  const visit = (mark: Mark, dx: number, dy: number): void => {
    for (const item of mark.items) {
      if (mark.marktype === 'group')
        for (const inner of item.items ?? []) visit(inner, dx + (item.x ?? 0), dy + (item.y ?? 0));
      const text = [item.text ?? ''].flat().join(' ').trim();
      // what is stroked is the ground of a text that is drawn over it
      if (mark.marktype !== 'text' || text === '' || item.opacity === 0 || item.stroke) continue;
      const { x1, x2, y1, y2 } = item.bounds;
      texts.push({ text, left: x1 + dx, right: x2 + dx, top: y1 + dy, bottom: y2 + dy });
    }
  };
  visit((view.scenegraph() as unknown as { root: Mark }).root, origin[1]!, origin[2]!);
  view.finalize();
  return { width: width!, height: height!, texts };
}

/** What is wrong with a scene's texts: those that leave the picture, and those that lie on another. */
export function textFaults({ width, height, texts }: Scene): string[] {
  const cut = texts.filter((one) => one.left < 0 || one.top < 0 || one.right > width || one.bottom > height);
  const onAnother = texts.flatMap((one, i) =>
    texts
      .slice(i + 1)
      .filter((other) => overlaps(one, other))
      .map((other) => `"${one.text}" lies on "${other.text}"`),
  );
  return [...cut.map((one) => `"${one.text}" is cut`), ...onAnother];
}

/** Boxes hold a line's full height, so that two lines close together may share a pixel without touching. */
const SLACK = 1;

function overlaps(a: TextBox, b: TextBox): boolean {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > SLACK && high > SLACK;
}
