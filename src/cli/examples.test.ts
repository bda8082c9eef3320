import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Command } from 'commander';
import { parseScenario } from '../../collect/scenario.js';
import { packagePath } from '../common/paths.js';
import { ingest } from '../ingest/ingest.js';
import { madeUpClient } from '../testing/made-up-client.js';
import { writeCapture } from '../testing/made-up-runs.js';
import { newProgram, withNearest } from './program.js';

// What help and README tell people to type is typed here: in a folder with small datasets under the names that they use.

const { scripts } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
/** These need a cluster, a browser, Jupyter, or long, or write outside of the folder: only whether they are understood is tried. */
const ONLY_READ = [
  'bench',
  'collect',
  'explore',
  'figures',
  'hosts',
  'jupyter',
  'kernel',
  'notebooks',
  'report',
  'reproduce',
  'setup',
  'test',
  'readme',
  'dictionary',
  '--reduce',
];

let folder: string;
const home = process.cwd();
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
  process.chdir(folder);
  for (const [day, name] of ['reference', 'monday', 'tuesday', 'mine'].entries()) {
    const captures = name === 'mine' ? join('data', 'mine', 'captures') : join('made', name);
    const made = { campaign: name, started_at: `2026-01-0${day + 1}T00:00:00.000Z` };
    for (const scenario of ['baseline', 'crash-leader'])
      writeCapture(join(captures, `${scenario}-w09-t1`), { run: { ...made, scenario } });
    const pause = { scenario: 'pause-leader', fault: 'pause', target_role: 'leader', lift_at_s: 11 } as const;
    writeCapture(
      join(captures, 'pause-leader-registers-w08-t1'),
      madeUpClient({ outage: { fromS: 5, toS: 9 }, run: { ...pause, ...made } }),
    );
    if (name !== 'mine') await ingest({ paths: [captures], out: join('data', name) });
  }
});
after(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test('every command has an example in its help', () => {
  const without = leaves(newProgram()).filter((command) => examplesOf(command).length === 0);
  assert.deepEqual(
    without.map((command) => command.name()),
    [],
  );
});

test('the examples in the help do what they say', async () => {
  const examples = leaves(newProgram()).flatMap(examplesOf);
  // what makes something comes before what uses it
  const order = ['ingest', ' pack ', 'unpack', ''];
  const place = (line: string) => order.findIndex((word) => line.includes(word));
  for (const line of [...new Set(examples)].toSorted((a, b) => place(a) - place(b))) await type(line);
});

test('the commands in the README are understood', async () => {
  const readme = readFileSync(packagePath('README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.split('\n'));
  const inline = [...readme.matchAll(/`(npm run [^`]* -- [^`]*)`/g)].map(([, line]) => line!);
  const lines = [...blocks, ...inline].map((line) => line.replace(/\s+#.*/, '').trim()).filter(Boolean);
  assert.ok(lines.length > 10);
  for (const line of lines) await type(line, true);
});

test('the scenario in the README is one, and so it is with the list of faults beside the scenarios', () => {
  const [text = '', list = ''] = ['README.md', 'collect/scenarios/README.md'].map(
    (page) => /```yaml\n(.*?)```/s.exec(readFileSync(packagePath(page), 'utf8'))?.[1],
  );
  assert.match(JSON.stringify(parseScenario(text, 'my-scenario.yml')), /network-delay/);
  const { faults } = parseScenario(text.replace(/^fault:.*\n( {2}.*\n)*/m, list), 'my-scenario.yml');
  assert.equal(faults.length, 3);
});

test('the nearest of an option’s choices is named', () => {
  const text =
    "error: option '--format <format>' argument 'jsn' is invalid. Allowed choices are table, csv, json.\n";
  assert.equal(withNearest(text), `${text}(Did you mean json?)\n`);
});

/** Types a line, as npm would hand it over; where it is only read, or takes long, without its action. */
async function type(line: string, onlyRead = false): Promise<void> {
  const [, script, rest = ''] = /^npm (?:run )?([\w:]+)(?: -- (.*))?$/.exec(line) ?? [];
  assert.ok(script && scripts[script], `${line}: no such script`);
  const words = [...scripts[script].split(' ').slice(2), ...split(rest)];
  const program = newProgram();
  for (const command of [program, ...leaves(program)]) {
    command.exitOverride();
    if (onlyRead || words.some((word, i) => ONLY_READ.includes(word) && (i < 2 || word.startsWith('--'))))
      command.action(() => {});
  }
  await program.parseAsync(words, { from: 'user' }).catch((error) => {
    assert.fail(`${line}: ${error instanceof Error ? error.message : error}`);
  });
}

function split(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

/** The commands that do something. */
function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function examplesOf(command: Command): string[] {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  const [, part = ''] = /Examples?:\n(.*)$/s.exec(text) ?? [];
  return part
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('npm '));
}
