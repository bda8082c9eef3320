import type { View } from 'vega';
import type { Config } from 'vega-lite';
import type { Spec } from '../figures/parts/figure.js';
import { type Fonts, registerFonts } from './fonts.js';

/** A spec as a view without a screen, and the signals that hold the widths of its plots. */
export interface Compiled {
  view: View;
  widths: string[];
}

/** Compiles a spec and runs it. Any warning from Vega-Lite or Vega is an error. */
export async function compileView(spec: Spec, config: Config, fonts?: Fonts): Promise<Compiled> {
  const vega = await loadVega(fonts);
  const logger = strictLogger();
  const compiled = vega.compile(spec, { config, logger }).spec;
  const view = new vega.View(vega.parse(compiled, undefined, { ast: false }), { renderer: 'none', logger });
  await view.runAsync();
  const plots = (compiled.signals ?? [])
    .map((signal) => signal.name)
    .filter((name) => /childWidth$|_width$/.test(name));
  return { view, widths: typeof compiled.width === 'number' ? ['width'] : plots };
}

/** How wide a view that has run is with axes, legends and padding, in px: what its SVG says, without making that. */
export function widthOf(view: View): number {
  const { left = 0, right = 0 } = view.padding() as { left?: number; right?: number };
  return (view as unknown as { _viewWidth: number })._viewWidth + left + right;
}

/** Loads Vega with Vega-Lite's compiler, and the fonts to measure text by. */
export async function loadVega(fonts?: Fonts): Promise<typeof import('../common/bundled/vega.js')> {
  await registerFonts(fonts);
  return import('../common/bundled/vega.js');
}

/** A logger that throws on a warning: a spec that Vega has to guess at is a mistake. */
function strictLogger() {
  const refuse = (...args: readonly unknown[]): never => {
    throw new Error(`Vega warns: ${args.map(String).join(' ')}`);
  };
  const logger = {
    level: (value?: number) => (value === undefined ? 0 : logger),
    error: refuse,
    warn: refuse,
    info: () => logger,
    debug: () => logger,
  };
  // one method with two signatures, which an arrow function cannot have
  return logger as unknown as import('vega').LoggerInterface;
}
