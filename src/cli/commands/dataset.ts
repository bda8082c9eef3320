import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Define } from '../commands.js';

export const dataset: Define = (program) => {
  const group = program
    .command('dataset')
    .description('check, share, join and cut datasets')
    .addHelpText('after', '\nExample:\n  npm run dataset -- verify data/reference');
  for (const define of [
    verify,
    info,
    describe,
    page,
    pack,
    unpack,
    merge,
    subset,
    upgrade,
    restore,
    dictionary,
  ])
    define(group);
};

const example = (command: Command, words: string): Command =>
  command
    .option('--debug', 'show stack traces')
    .addHelpText('after', `\nExample:\n  npm run dataset -- ${words}`);

function verify(group: Command): void {
  example(group.command('verify'), 'verify data/reference')
    .description('check checksums, types, keys, order, ranges, references and counts')
    .argument('<dir>', 'the dataset')
    .action(async (dir: string) => {
      const { requireSound } = await import('../../sharing/verify/verify.js');
      await requireSound(dir);
      process.stdout.write(`${dir} is sound\n`);
    });
}

function info(group: Command): void {
  example(group.command('info'), 'info data/reference')
    .description('say in a screenful what is in a dataset')
    .argument('<dir>', 'the dataset')
    .action(async (dir: string) => {
      const { info } = await import('../../sharing/info.js');
      process.stdout.write(await info(dir));
    });
}

function describe(group: Command): void {
  example(
    group.command('describe'),
    'describe data/my-dataset --title "A paused leader" --by "Ada Lovelace <0000-0002-1825-0097>" --data-version 1.1.0',
  )
    .description('say what a dataset is called, who made it, which version it is, and where it is published')
    .argument('<dir>', 'the dataset')
    .option('--title <title>', 'what it is called')
    .option('--by <people...>', 'who made it: "Name", or "Name <ORCID iD>"')
    .option('--data-version <version>', 'which version of the data it is, such as 1.1.0')
    .option('--doi <doi>', 'the DOI under which it is published, such as 10.5281/zenodo.1234567')
    .action(async (dir: string, options: DescribeOptions) => {
      const { parseContributor } = await import('../../dataset/contributors.js');
      const { describe } = await import('../../sharing/describe.js');
      const { title, by, dataVersion: version, doi } = options;
      process.stdout.write(
        await describe(dir, { title, contributors: by?.map(parseContributor), version, doi }),
      );
    });
}

type DescribeOptions = { title?: string; by?: string[]; dataVersion?: string; doi?: string };

function page(group: Command): void {
  example(group.command('page'), 'page data/reference')
    .description('write the dataset’s page, README.md: what it says, and its result tables, from the data')
    .argument('<dir>', 'the dataset')
    .action(async (dir: string) => {
      const { writePage } = await import('../../readme/write-page.js');
      process.stdout.write(`${await writePage(dir)}\n`);
    });
}

function pack(group: Command): void {
  example(group.command('pack'), 'pack data/reference reference.tar')
    .description('make one file to send')
    .argument('<dir>', 'the dataset')
    .argument('[file]', 'the file to make; default: the folder’s name and .tar')
    .action(async (dir: string, file?: string) => {
      const { basename, resolve } = await import('node:path');
      const { pack } = await import('../../sharing/pack.js');
      const { pageFromData } = await import('../../readme/write-page.js');
      const target = file ?? `${basename(resolve(dir))}.tar`;
      const { files, bytes } = await pack(dir, target, async (folder) => (await pageFromData(folder)).after);
      process.stdout.write(`${target}: ${files} files, ${bytes} bytes\n`);
    });
}

function unpack(group: Command): void {
  example(group.command('unpack'), 'unpack reference.tar --out data/theirs')
    .description('check a packed dataset, all of it, and only then write it')
    .argument('<file>', 'the packed dataset')
    .option('--out <dir>', 'the folder to make; default: the file’s name without .tar')
    .option('--max-bytes <n>', 'refuse a larger package', wholeNumber)
    .action(async (file: string, options: { out?: string; maxBytes?: number }) => {
      const { unpack } = await import('../../sharing/unpack.js');
      const target = options.out ?? file.replace(/\.tar$/, '');
      const { title, resources } = await unpack(file, target, options.maxBytes);
      process.stdout.write(`${target}: ${title}: ${resources.length} tables, sound\n`);
    });
}

function merge(group: Command): void {
  example(group.command('merge'), 'merge data/monday data/tuesday --out data/both')
    .description('make one dataset of several')
    .argument('<dirs...>', 'the datasets')
    .requiredOption('--out <dir>', 'the dataset to make')
    .option(
      '--campaign <name>',
      'they are parts of one campaign, which is called so: runs of one part are compared with those of another',
    )
    .action(async (dirs: string[], { out, campaign }: { out: string; campaign?: string }) => {
      const { merge } = await import('../../sharing/rewrite/merge.js');
      process.stdout.write(`${out}: ${await merge(dirs, out, campaign)} runs\n`);
    });
}

function subset(group: Command): void {
  example(group.command('subset'), 'subset data/reference --scenario baseline,crash-leader --out data/small')
    .description('make a smaller dataset of some runs')
    .argument('<dir>', 'the dataset')
    .requiredOption('--out <dir>', 'the dataset to make')
    .option('--run <ids>', 'only these runs, separated by commas', names)
    .option('--scenario <names>', 'only runs of these scenarios, separated by commas', names)
    .option('--status <names>', 'only runs of these statuses, separated by commas', names)
    .option(
      '--operations-of-trials <n>',
      'only the operations of the first n trials of each configuration; of the others, what they came to',
      wholeNumber,
    )
    .option('--operations-of-runs <ids>', 'only the operations of these runs, separated by commas', names)
    .action(async (dir: string, options: SubsetOptions) => {
      const { subset } = await import('../../sharing/rewrite/subset.js');
      const { run: runs, scenario: scenarios, status, out, ...operations } = options;
      const count = await subset(dir, out, { runs, scenarios, status, ...operations });
      process.stdout.write(`${out}: ${count} runs\n`);
    });
}

type SubsetOptions = { out: string; operationsOfTrials?: number } & Record<
  'run' | 'scenario' | 'status' | 'operationsOfRuns',
  string[]
>;

function upgrade(group: Command): void {
  example(group.command('upgrade'), 'upgrade data/theirs')
    .description(
      'write a dataset of an older version in the present format, with the results that belong to it',
    )
    .argument('<dir>', 'the dataset')
    .option('--out <dir>', 'the dataset to make; default: in place')
    .action(async (dir: string, { out }: { out?: string }) => {
      const { upgrade } = await import('../../sharing/rewrite/upgrade.js');
      process.stdout.write(`${out ?? dir}: ${await upgrade(dir, out)} runs\n`);
    });
}

function restore(group: Command): void {
  example(group.command('restore'), 'restore data/reference --out results')
    .description('write the benchmark’s results files again, byte for byte')
    .argument('<dir>', 'the dataset')
    .requiredOption('--out <dir>', 'a new folder for them')
    .action(async (dir: string, { out }: { out: string }) => {
      const { openDataset } = await import('../../results/core/open.js');
      const { restore } = await import('../../ingest/restore.js');
      const dataset = await openDataset(dir);
      try {
        const { written, left } = await restore(dataset, out);
        process.stdout.write(`${out}: ${written} files, each with the SHA-256 that it had\n`);
        for (const name of left)
          process.stderr.write(
            `note: not written: ${name}: it was cut off, its run failed, or its operations were left out\n`,
          );
      } finally {
        dataset.close();
      }
    });
}

function dictionary(group: Command): void {
  example(group.command('dictionary'), 'dictionary')
    .description('write data/README.md, the data dictionary, from the tables as they are')
    .action(async () => {
      const { dictionary } = await import('../../sharing/dictionary.js');
      const { writeFileWhole } = await import('../../common/files.js');
      const { packagePath } = await import('../../common/paths.js');
      await writeFileWhole(packagePath('data/README.md'), dictionary());
    });
}

function names(text: string): string[] {
  return text.split(',').filter(Boolean);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
