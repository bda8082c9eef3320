import type { Define } from '../commands.js';

export const report: Define = (program) => {
  program
    .command('report')
    .description('write a dataset’s report: one HTML file, with interactive figures, that needs no network')
    .option('--data <dir>', 'the dataset', 'data/reference')
    .option('--out <file>', 'the file to write', 'report.html')
    .addHelpText('after', '\nExample:\n  npm run report -- --data data/reference --out report.html')
    .action(async (options: { data: string; out: string }) => {
      const { openDataset } = await import('../../results/core/open.js');
      const { warningOfChanges } = await import('../../sharing/verify/changed.js');
      const { report: make } = await import('../../report/report.js');
      const { writeFileWhole } = await import('../../common/files.js');
      const data = await openDataset(options.data);
      process.stderr.write((await warningOfChanges(options.data)) ?? '');
      try {
        const page = await make(data);
        await writeFileWhole(options.out, page);
        console.log(`${options.out}  ${(Buffer.byteLength(page) / 1e6).toFixed(1)} MB`);
      } finally {
        data.close();
      }
    });
};
