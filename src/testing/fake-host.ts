import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Host } from '../setup/host.js';

/** A machine whose only commands are shell scripts of the test's own. */
export interface FakeHost extends Host {
  /** A folder that is removed with the test, for what the scripts leave behind: their $FOLDER. */
  readonly folder: string;
  /** The command lines that the scripts were called with, in order. */
  calls(): string[];
}

/**
 * Makes such a machine: neither root nor Debian unless said otherwise.
 * @param commands each command's name and shell script, in which $BIN is the folder of the commands
 */
export function fakeHost(
  t: TestContext,
  commands: Record<string, string>,
  host: Partial<Host> = {},
): FakeHost {
  const folder = mkdtempSync(join(tmpdir(), 'fake-host-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'calls'), '');
  for (const [name, script] of Object.entries(commands)) {
    const head = `#!/bin/sh\nFOLDER='${folder}' BIN='${bin}'\nPATH=/usr/bin:/bin\n`;
    const note = `echo "${name} $*" >>"$FOLDER/calls"\n`;
    writeFileSync(join(bin, name), `${head}${note}${script}\n`, { mode: 0o755 });
  }
  return {
    path: bin,
    platform: 'linux',
    root: false,
    debian: false,
    systemd: false,
    ...host,
    folder,
    calls: () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n'),
  };
}
