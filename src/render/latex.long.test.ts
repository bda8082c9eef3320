import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { figures } from '../figures/index.js';
import { openClient } from '../testing/open-client.js';
import { renderFigures } from './figures.js';
import type { Entry } from './pages.js';

/** The shortest columns that are usual: those of an article in two columns, on US letter and on A4. */
const PAPERS = ['letterpaper', 'a4paper'];

let temporary: string;
let reference: string;
let client: string;
/** With the figures of each dataset of the package, and of a made-up one of the client. */
let folders: string[];
before(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'latex-'));
  reference = join(temporary, 'package');
  client = join(temporary, 'client');
  await cp(packagePath('figures'), reference, { recursive: true });
  const found = (await readdir(reference, { recursive: true })).filter((file) =>
    /\bcaptions\.json$/.test(file),
  );
  assert.ok(found.length >= 5, `${found.length} datasets with figures`);
  folders = [...found.map((file) => join(reference, dirname(file))), client];
  const { data, remove } = await openClient();
  try {
    await renderFigures({ chosen: figures, all: true, out: client, fingerprint: '', open: async () => data });
  } finally {
    await remove();
  }
});
after(() => rm(temporary, { recursive: true, force: true }));

for (const paper of PAPERS) {
  test(`every figure fits a column of a page with its short caption (${paper})`, async () => {
    for (const folder of folders) {
      const names = (await shown(folder)).map(({ name }) => name);
      const floats = names.map(
        (name) => String.raw`\begin{figure}[p]\centering\includegraphics[width=\columnwidth]{${name}}
\caption[\figtitle{${name}}]{\figcaption{${name}}}\end{figure}\clearpage`,
      );
      const { exitCode, log } = await typeset(folder, `10pt,twocolumn,${paper}`, floats);
      assert.equal(exitCode, 0, log);
      const warnings = log.split('\n').filter((line) => /too large|Overfull/.test(line));
      assert.deepEqual(
        warnings,
        [],
        `${basename(folder)}: its figures are, from line 6 on two lines each, ${names}`,
      );
    }
  });
}

test('all long captions and the table of what was published are good LaTeX', async () => {
  for (const folder of folders) {
    const texts = (await shown(folder)).map(({ name }) => String.raw`\figcaptionlong{${name}}\par`);
    const table = folder === reference ? [String.raw`\begin{table}\small\input{published}\end{table}`] : [];
    const { exitCode, log } = await typeset(folder, '10pt', [...texts, ...table]);
    assert.equal(exitCode, 0, log);
    assert.doesNotMatch(log, /^!|Missing character/m);
  }
});

test('a figure that is not there is an error that names it and those that are', async () => {
  const { exitCode, log } = await typeset(reference, '10pt', [String.raw`\figcaption{baselin}`]);
  assert.notEqual(exitCode, 0);
  assert.match(log, /! Package captions Error: No figure is called 'baselin'/);
});

async function shown(folder: string): Promise<Entry[]> {
  const entries: Entry[] = JSON.parse(await readFile(join(folder, 'captions.json'), 'utf8'));
  const found = entries.filter(({ missing }) => missing === undefined);
  assert.ok(found.length > 0, `no figure in ${folder}`);
  return found;
}

async function typeset(folder: string, options: string, body: readonly string[]) {
  const text = String.raw`\documentclass[${options}]{article}
\usepackage{graphicx,booktabs}
\input{captions}
\begin{document}
\listoffigures
${body.join('\n')}
\end{document}
`;
  await writeFile(join(folder, 'paper.tex'), text);
  const once = () =>
    execa('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'paper'], {
      cwd: folder,
      reject: false,
    });
  // the list of figures is read by the second
  const first = await once();
  const { exitCode } = first.exitCode === 0 ? await once() : first;
  return { exitCode, log: await readFile(join(folder, 'paper.log'), 'utf8') };
}
