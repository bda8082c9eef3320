import type { View } from 'vega';
import type { Config } from 'vega-lite';
import type { Spec } from '../figures/figure.js';
import { registerFonts } from './fonts.js';

/** Compiles a spec and runs it to a view without a screen. Any warning from Vega-Lite or Vega is an error. */
export async function makeView(spec: Spec, config: Config): Promise<View> {
  await registerFonts();
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const logger = strictLogger();
  const compiled = compile(spec, { config, logger });
  const view = new vega.View(vega.parse(compiled.spec, undefined, { ast: false }), {
    renderer: 'none',
    logger,
  });
  await view.runAsync();
  return view;
}

/** Draws a spec as SVG, `scale` times its size. */
export async function viewToSvg(spec: Spec, config: Config, scale: number): Promise<string> {
  const view = await makeView(spec, config);
  try {
    return await view.toSVG(scale);
  } finally {
    view.finalize();
  }
}

/** A logger that throws on a warning: a spec that Vega has to guess at is a mistake. */
function strictLogger() {
  const refuse = (...args: readonly unknown[]) => {
    const text = args.map(String).join(' ');
    // a layer without rows, such as the intervals of a dataset with one trial each, draws nothing and is right to
    if (/Infinite extent/.test(text)) return logger;
    throw new Error(`Vega warns: ${text}`);
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
