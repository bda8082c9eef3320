import { existsSync } from 'node:fs';
import { UserError } from '../common/errors.js';
import { type Host, which } from './host.js';
import type { Requirement } from './requirement.js';

const SOURCES = '/usr/share/gocode/src/github.com';

/** Commands and files that the benchmark of 2022 is built with and from, each with the Debian package that brings it. */
const COMMANDS = { go: 'golang-go', gcc: 'gcc' };
const FILES = {
  '/usr/include/stdlib.h': 'libc6-dev',
  '/usr/include/dqlite.h': 'libdqlite-dev',
  '/usr/include/sqlite3.h': 'libsqlite3-dev',
  [`${SOURCES}/canonical/go-dqlite`]: 'golang-github-canonical-go-dqlite-dev',
  [`${SOURCES}/pkg/errors`]: 'golang-github-pkg-errors-dev',
  [`${SOURCES}/spf13/cobra`]: 'golang-github-spf13-cobra-dev',
};

/** What the benchmark of 2022 is built from on the machine itself, for clusters that run without Docker. */
export const benchmarkSource: Requirement = {
  name: 'Source of the benchmark',
  check: async (host) => (missingPackages(host).length === 0 ? `${SOURCES}/canonical/go-dqlite` : null),
  packages: async (host) => missingPackages(host),
  install: async (host) => {
    if (host.debian) throw new UserError(`sudo apt-get install ${missingPackages(host).join(' ')}`);
    throw new UserError('it comes with Debian and its relatives; scenarios with kvreadwrite run without it');
  },
};

function missingPackages(host: Host): string[] {
  const commands = Object.entries(COMMANDS).filter(([command]) => !which(host, command));
  const files = Object.entries(FILES).filter(([file]) => !existsSync(file));
  return [...commands, ...files].map(([, name]) => name);
}
