import { InvalidArgumentError, Option } from 'commander';
import { parseWidth, type Width } from '../../render/width.js';
import type { Define } from '../commands.js';

export const DEFAULT_DATA = 'data/reference';

export interface FiguresOptions {
  data: string;
  out?: string;
  only?: string;
  run?: string;
  width: Width | number;
  theme: 'light' | 'dark';
  font?: string;
  palette?: string;
  check?: true;
  watch?: true;
  list?: true;
}

export const figures: Define = (program) => {
  program
    .command('figures')
    .description(
      'render the figures of a dataset: SVG, PDF, PNG and Vega-Lite spec of each, captions and an index',
    )
    .option('--data <dir>', 'the dataset', DEFAULT_DATA)
    .option('--out <dir>', 'where the pictures go; default: figures, and of another dataset figures/NAME')
    .option('--only <names>', 'only these figures, separated by commas')
    .option('--run <id>', 'this run, for the figures of single runs (timeline, latency-heat, evidence)')
    .addOption(
      new Option('--width <width>', 'column or full (of a page), slide, or a length such as 84mm')
        .argParser(widthOf)
        .default('column'),
    )
    .addOption(
      new Option('--theme <theme>', 'for paper or a dark screen').choices(['light', 'dark']).default('light'),
    )
    .option(
      '--font <files>',
      'a font in place of Inter: its .ttf or .otf file, and one for semibold after a comma',
    )
    .option('--palette <file>', 'JSON with colours in place of the theme’s, such as {"measured": "#7fb3d9"}')
    .option('--check', 'write nothing: fail where a figure would differ from what is there')
    .option('--watch', 'render again whenever the sources or the dataset change')
    .option('--list', 'name the figures with their claims')
    .addHelpText(
      'after',
      '\nExample:\n  npm run figures -- --data data/reference --only baseline,leader-latency --width full',
    )
    .action(async (options: FiguresOptions) => {
      const { runFigures } = await import('../figures.js');
      await runFigures(options);
    });
};

function widthOf(text: string): Width | number {
  const width = parseWidth(text);
  if (width !== undefined) return width;
  throw new InvalidArgumentError('expected column, full, slide, or a length such as 84mm, 3.3in or 240pt.');
}
