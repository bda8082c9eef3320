import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from '../../../src/common/bundled/zod.js';
import { UserError } from '../../../src/common/errors.js';

const host = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'expected lower-case letters, digits and hyphens'),
  /** As `ssh` is told it. */
  ssh: z.string().regex(/^[^-\s]\S*$/, 'expected a destination for ssh'),
  /** The engine's, on the host. */
  socket: z.string().startsWith('/').default('/var/run/docker.sock'),
  /** For the cluster's traffic; the nodes listen on no other. */
  address: z.ipv4(),
  role: z.enum(['node', 'client']).default('node'),
});

const file = z.strictObject({
  hosts: z.array(host).min(1),
  /** A configuration for `ssh -F`, seen from this file. Default: the user's own. */
  ssh_config: z.string().optional(),
});

export type Host = z.infer<typeof host>;
export type HostsFile = z.infer<typeof file>;

/** Reads the file that names the hosts of a cluster. @throws UserError */
export function readHosts(path: string): HostsFile {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UserError(`the hosts file ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const read = file.safeParse(content);
  if (!read.success) {
    const { path: at, message } = read.error.issues[0]!;
    throw new UserError(
      `${path}: ${at.join('.') || 'the file'}: ${message}; expected hosts, each with name, ssh and address, role where it is client, and socket where it is not /var/run/docker.sock`,
    );
  }
  const { hosts, ssh_config } = read.data;
  for (const key of ['name', 'address'] as const) {
    const values = hosts.map((one) => one[key]);
    const twice = values.find((value, i) => values.indexOf(value) !== i);
    if (twice) throw new UserError(`${path}: two hosts have the ${key} ${twice}: expected one each`);
  }
  return { hosts, ...(ssh_config && { ssh_config: resolve(dirname(path), ssh_config) }) };
}
