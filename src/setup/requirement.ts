import { UserError } from '../common/errors.js';
import { type Host, which } from './host.js';

/** Something that the machine must have. One file each. */
export interface Requirement {
  readonly name: string;
  /** What this one cannot be had without; not tried where that failed. */
  readonly needs?: Requirement;
  /** What was found, such as a version, or null when something is missing. */
  check(host: Host): Promise<string | null>;
  /** Debian packages that bring what is missing. Asked where apt may be used, after its lists were fetched. */
  packages(host: Host): Promise<string[]>;
  /**
   * Does what is left where the packages alone did not bring it: start, pull, make.
   * @throws UserError that says how to get it, where that cannot be done here.
   */
  install(host: Host, say: (message: string) => void): Promise<void>;
}

/**
 * A requirement that is met once commands are on the PATH.
 * @param commands each command with the Debian package that brings it
 * @param elsewhere how to get it where apt is not there
 */
export function programs(name: string, commands: Record<string, string>, elsewhere: string): Requirement {
  const missing = (host: Host) => Object.keys(commands).filter((command) => !which(host, command));
  const packages = (host: Host) => [...new Set(missing(host).map((command) => commands[command]!))];
  return {
    name,
    check: async (host) => (missing(host).length > 0 ? null : Object.keys(commands).join(', ')),
    packages: async (host) => packages(host),
    install: async (host) => {
      const how = host.debian ? `sudo apt-get install ${packages(host).join(' ')}` : elsewhere;
      throw new UserError(`not found: ${missing(host).join(', ')}\n${how}`);
    },
  };
}
