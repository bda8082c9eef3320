import { Option } from 'commander';
import type { Define } from '../commands.js';

export interface FiguresOptions {
  data: string;
  out: string;
  only?: string;
  run?: string;
  width: 'column' | 'full' | 'slide';
  theme: 'light' | 'dark';
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
    .option('--data <dir>', 'the dataset', 'data/reference')
    .option('--out <dir>', 'where the pictures go', 'figures')
    .option('--only <names>', 'only these figures, separated by commas')
    .option('--run <id>', 'this run, for the figures of single runs (timeline, latency-heat, evidence)')
    .addOption(
      new Option('--width <width>', 'one column or the full width of a page, or a slide')
        .choices(['column', 'full', 'slide'])
        .default('column'),
    )
    .addOption(
      new Option('--theme <theme>', 'for paper or a dark screen').choices(['light', 'dark']).default('light'),
    )
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
