import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What set-up needs to know about the machine. */
export interface Host {
  /** The folders in which commands are looked for, written like PATH. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  /** Debian, Ubuntu or a relative of theirs, with apt. */
  readonly debian: boolean;
  /** systemd runs the services. */
  readonly systemd: boolean;
}

/** The machine that this process runs on. The folders of system commands are searched too: `su` may leave them out. */
export function thisHost(): Host {
  return {
    path: [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter),
    platform: process.platform,
    root: process.getuid?.() === 0,
    debian: existsSync('/usr/bin/apt-get') && isDebian(readIfThere('/etc/os-release')),
    systemd: existsSync('/run/systemd/system'),
  };
}

/** Whether set-up may install packages itself. */
export function canInstall(host: Host): boolean {
  return host.debian && host.root;
}

/** Where a command lies, or undefined when the host does not have it. */
export function which(host: Host, command: string): string | undefined {
  return host.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, command))
    .find(isExecutable);
}

/** Whether the text of /etc/os-release names Debian or Ubuntu, or a system that says it is like them. */
export function isDebian(osRelease: string): boolean {
  const names = [...osRelease.matchAll(/^(?:ID|ID_LIKE)=["']?([^"'\n]*)/gm)].flatMap(([, ids]) =>
    ids!.split(' '),
  );
  return names.includes('debian') || names.includes('ubuntu');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
