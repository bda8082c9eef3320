import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const HEAD_BYTES = 512;

/** When the first operation was started, in ns of Unix time, from a folder of the benchmark's result files. */
export async function firstStartNs(folder: string): Promise<bigint | undefined> {
  let first: bigint | undefined;
  for (const file of await readdir(folder)) {
    const handle = await open(join(folder, file));
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const start = /^measurements .*\n(\d+) /m.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
      if (start && (first === undefined || BigInt(start) < first)) first = BigInt(start);
    } finally {
      await handle.close();
    }
  }
  return first;
}
