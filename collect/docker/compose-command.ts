import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';

let found: Promise<{ command: readonly string[]; version: string }> | undefined;

/** Compose as this machine has it, `docker compose` or `docker-compose`, and its version. */
export function compose(): Promise<{ command: readonly string[]; version: string }> {
  found ??= find();
  return found;
}

async function find() {
  for (const command of [['docker', 'compose'], ['docker-compose']]) {
    const { failed, stdout } = await execa(command[0]!, [...command.slice(1), 'version', '--short'], {
      reject: false,
    });
    if (!failed) return { command, version: stdout.trim().replace(/^v/, '') };
  }
  throw new UserError('neither `docker compose` nor `docker-compose` works: run npm run setup');
}
