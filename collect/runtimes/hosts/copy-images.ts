import { execa } from 'execa';
import { UserError } from '../../../src/common/errors.js';
import type { Engine } from '../../docker/api.js';
import type { Forward } from './forward.js';

/** Copies images of this machine's engine to a host, unless they are there: all at once, so that what they share goes once. */
export async function copyImages(
  { host, socket, engine }: Forward,
  images: ReadonlyMap<string, string>,
  say: (text: string) => void,
): Promise<void> {
  const missing: string[] = [];
  for (const [image, id] of images) if ((await imageId(engine, image)) !== id) missing.push(image);
  if (missing.length === 0) return;
  say(`copying ${missing.join(', ')} to ${host.name} …`);
  const saved = execa('docker', ['save', ...missing], { buffer: false, encoding: 'buffer', reject: false });
  const loaded = await execa('docker', ['-H', `unix://${socket}`, 'load'], {
    input: saved.stdout,
    reject: false,
    all: true,
  });
  if (!(await saved).failed && !loaded.failed) return;
  throw new UserError(
    `the images could not be copied to host ${host.name}: ${loaded.all.trim().split('\n').at(-1)}; see that it has room`,
  );
}

/** The id of an image, or undefined where the engine has none of that name. */
export async function imageId(engine: Engine, image: string): Promise<string | undefined> {
  try {
    return (await engine.call<{ Id: string }>('GET', `/images/${image}/json`)).Id;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined;
    throw error;
  }
}
