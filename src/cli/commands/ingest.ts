import { Option } from 'commander';
import type { Define } from '../commands.js';

interface Options {
  out: string;
  mapping?: string;
  partial: boolean;
  title?: string;
  by?: string[];
}

export const ingest: Define = (program) => {
  program
    .command('ingest')
    .description('read captures, or results files of the 2022 layout, into a dataset')
    .argument('<paths...>', 'folders with captures or results files, at any depth')
    .requiredOption('--out <dir>', 'folder of the dataset; a dataset that is there is replaced')
    .option(
      '--mapping <file>',
      'CSV: folder,scenario,fault,target_role,severity,severity_unit,workers,duration_s',
    )
    .addOption(new Option('--partial', 'ingest incomplete runs too, marked as partial').default(false))
    .option('--title <title>', 'what the dataset is called')
    .option('--by <people...>', 'who made it: "Name", or "Name <ORCID iD>"')
    .addHelpText('after', '\nExample:\n  npm run ingest -- data/mine/captures --out data/my-dataset\n')
    .action(async (paths: string[], options: Options) => {
      const { ingest } = await import('../../ingest/ingest.js');
      const { describeIngest } = await import('../../ingest/report.js');
      const { interruptible } = await import('../../common/interrupt.js');
      const { parseContributor } = await import('../../dataset/contributors.js');
      const contributors = options.by?.map(parseContributor);
      const report = await interruptible((signal) => {
        return ingest({ paths, contributors, signal, ...options });
      });
      process.stdout.write(describeIngest(report, options.out));
    });
};
