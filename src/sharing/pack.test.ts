import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import fc from 'fast-check';
import tar from 'tar-stream';
import { UserError } from '../common/errors.js';
import { filesOf, madeUpDataset } from '../testing/made-up-dataset.js';
import { contents } from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { DOCUMENTS } from './documents/documents.js';
import { pack } from './pack.js';
import { subset } from './rewrite/subset.js';
import { unpack } from './unpack.js';
import { verify } from './verify/verify.js';

test('packed, unpacked and verified elsewhere, a dataset is identical; packed twice, so is the package', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  await unpack(join(folder, 'a.tar'), join(folder, 'theirs'));
  assert.deepEqual(tablesOf(join(folder, 'theirs')), filesOf(data));
  assert.deepEqual(
    DOCUMENTS.filter((name) => !existsSync(join(folder, 'theirs', name))),
    [],
  );
  assert.deepEqual(await verify(join(folder, 'theirs')), []);
  await pack(join(folder, 'theirs'), join(folder, 'b.tar'));
  assert.ok(readFileSync(join(folder, 'a.tar')).equals(readFileSync(join(folder, 'b.tar'))));
});

test('a package made before there were documents is unpacked, too', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  const tables = (await entriesOf(readFileSync(join(folder, 'a.tar'))))
    .map(([{ name }, content]): Entry => [{ name: name.slice(TOP.length) }, content])
    .filter(([{ name }]) => !(DOCUMENTS as readonly string[]).includes(name));
  writeFileSync(join(folder, 'b.tar'), await tarOf(tables));
  await unpack(join(folder, 'b.tar'), join(folder, 'theirs'));
  assert.deepEqual(filesOf(join(folder, 'theirs')), filesOf(data));
});

test('the checksums in a package are those that sha256sum finds', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  await unpack(join(folder, 'a.tar'), join(folder, 'theirs'));
  const { stdout } = await execa('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
    cwd: join(folder, 'theirs'),
  });
  const found = stdout.split('\n').map((line) => basename(line));
  const files = Object.keys(filesOf(join(folder, 'theirs'))).filter((name) => name !== 'SHA256SUMS');
  assert.deepEqual(found.sort(), files.map((name) => `${name}: OK`).sort());
});

type Entry = [header: { name: string; type?: 'symlink'; linkname?: string }, content: Buffer];

const NOTHING: Entry = [{ name: '' }, Buffer.alloc(0)];

/** How every path in the package begins: the dataset's name. */
const TOP = 'made-up/';

const packages: Record<string, [change: (entries: Entry[]) => Entry[], message: RegExp]> = {
  'a path that leaves its folder': [
    (e) => [...e, [{ name: `${TOP}../evil.csv` }, Buffer.from('x')]],
    /"..\/evil.csv" is not in its datapackage.json/,
  ],
  'an absolute path': [
    (e) => [...e, [{ name: '/tmp/evil.csv' }, Buffer.from('x')]],
    /"\/tmp\/evil.csv": expected all files in one folder/,
  ],
  'a folder beside its own': [
    (e) => [...e, [{ name: 'other/runs.csv' }, Buffer.from('x')]],
    /"other\/runs.csv": expected all files in one folder/,
  ],
  'a folder above': [
    (e) => e.map(([h, c]) => [{ ...h, name: `../${h.name}` }, c]),
    /expected all files in one folder/,
  ],
  'a link': [
    (e) => [...e, [{ name: `${TOP}runs.csv`, type: 'symlink', linkname: '/etc/passwd' }, Buffer.alloc(0)]],
    /"runs.csv" is a symlink: expected files alone/,
  ],
  'a file too many': [
    (e) => [...e, [{ name: `${TOP}more.csv` }, Buffer.from('x')]],
    /"more.csv" is not in its/,
  ],
  'a file twice': [(e) => [...e, e[1]!], /comes twice/],
  'a table too few': [
    (e) => e.filter(([h]) => h.name !== `${TOP}runs.csv`),
    /runs.csv is missing, but its datapackage.json lists it/,
  ],
  'a document too few': [(e) => e.filter(([h]) => h.name !== `${TOP}LICENSE`), /LICENSE is missing/],
  'a changed document': [
    (e) => e.map(([h, c]) => (h.name === `${TOP}README.md` ? [h, Buffer.from('# Mine')] : [h, c])),
    /"README.md" was changed: its SHA-256 is not that in SHA256SUMS/,
  ],
  'another file first': [(e) => e.slice(1), /expected datapackage.json first/],
  'a path of its own in the package': [
    ([[header, content] = NOTHING, ...e]) => [
      [header, Buffer.from(content.toString().replace('"path": "runs.csv"', '"path": "../runs.csv"'))],
      ...e,
    ],
    /"..\/runs.csv": expected a table's name/,
  ],
  'a changed file': [
    (e) =>
      e.map(([h, c]) =>
        h.name === `${TOP}runs.csv` ? [h, Buffer.from(c.toString().replace('crash', 'crush'))] : [h, c],
      ),
    /"runs.csv" was changed/,
  ],
  'a longer file': [
    (e) => e.map(([h, c]) => (h.name === `${TOP}runs.csv` ? [h, Buffer.concat([c, c])] : [h, c])),
    /"runs.csv" has \d+ bytes, but/,
  ],
};

for (const [name, [change, message]] of Object.entries(packages)) {
  test(`unpack refuses ${name}, and writes nothing`, async (context) => {
    const { folder, data } = await madeUpDataset(context);
    await pack(data, join(folder, 'a.tar'));
    const entries = await entriesOf(readFileSync(join(folder, 'a.tar')));
    writeFileSync(join(folder, 'b.tar'), await tarOf(change(entries)));
    const before = contents(folder);
    await rejects(unpack(join(folder, 'b.tar'), join(folder, 'theirs')), message);
    assert.deepEqual(contents(folder), before);
  });
}

test('unpack refuses a package that is too large, and a target that is there', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  await rejects(unpack(join(folder, 'a.tar'), join(folder, 'theirs'), 1000), /is too large/);
  await rejects(unpack(join(folder, 'a.tar'), data), /is there already: nothing was unpacked/);
  await rejects(pack(data, join(folder, 'a.tar')), /is there already/);
});

test('property: a package cut anywhere, or with a byte changed, is refused or its tables unpack to the same', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await subset(data, join(folder, 'small'), { runs: ['baseline-1'] });
  await pack(join(folder, 'small'), join(folder, 'a.tar'));
  const whole = readFileSync(join(folder, 'a.tar'));
  const wanted = { ...filesOf(join(folder, 'small')), 'datapackage.json': '' };
  let round = 0;
  const change = fc.record({
    cut: fc.option(fc.nat(whole.length - 1)),
    at: fc.nat(whole.length - 1),
    byte: fc.nat(255),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ cut, at, byte }) => {
      const bytes = Buffer.from(cut === null ? whole : whole.subarray(0, cut));
      if (at < bytes.length && cut === null) bytes[at] = byte;
      const file = join(folder, `${round}.tar`);
      const target = join(folder, `theirs-${round++}`);
      writeFileSync(file, bytes);
      try {
        await unpack(file, target);
        assert.deepEqual({ ...tablesOf(target), 'datapackage.json': '' }, wanted);
      } catch (error) {
        assert.ok(error instanceof UserError, (error as Error).stack);
        assert.equal(existsSync(target), false);
      }
    }),
    { numRuns: 80 },
  );
});

/** The files of a dataset without the documents that `pack` added. */
function tablesOf(folder: string): Record<string, string> {
  const documents = new Set<string>(DOCUMENTS);
  return Object.fromEntries(Object.entries(filesOf(folder)).filter(([name]) => !documents.has(name)));
}

async function entriesOf(bytes: Buffer): Promise<Entry[]> {
  const extract = tar.extract();
  extract.end(bytes);
  const entries: Entry[] = [];
  for await (const entry of extract) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    entries.push([{ name: entry.header.name! }, Buffer.concat(parts)]);
  }
  return entries;
}

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = tar.pack();
  for (const [header, content] of entries) archive.entry(header as tar.Header, content);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
