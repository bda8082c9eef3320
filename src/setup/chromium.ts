import { existsSync } from 'node:fs';
import { UserError } from '../common/errors.js';
import { firstAvailable } from './apt.js';
import { type Host, thisHost, which } from './host.js';
import type { Requirement } from './requirement.js';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_A_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A Chromium or Chrome, in which the report's tests open it; CHROMIUM names one that lies elsewhere. */
export const chromium: Requirement = {
  name: 'Chromium',
  check: async (host) => findChromium(host) ?? null,
  packages: async (host) => [(await firstAvailable(host, ['chromium'])) ?? 'chromium-browser'],
  install: async (host) => {
    const how = host.debian ? 'sudo apt-get install chromium' : 'install Chromium or Chrome';
    throw new UserError(`not found: ${COMMANDS.join(', ')}\n${how}, or set CHROMIUM to where it lies`);
  },
};

/**
 * The path of the Chromium or Chrome to use.
 * @throws UserError where there is none
 */
export function chromiumPath(): string {
  const path = findChromium(thisHost());
  if (!path) throw new UserError('no Chromium found: npm run setup -- --for chromium');
  return path;
}

function findChromium(host: Host): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  const found = COMMANDS.map((command) => which(host, command)).find((path) => path);
  return found ?? (host.platform === 'darwin' && existsSync(ON_A_MAC) ? ON_A_MAC : undefined);
}
