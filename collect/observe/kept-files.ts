import { closeSync, openSync, readSync } from 'node:fs';
import { kernelError } from '../worldly-reason.js';

const buffer = Buffer.alloc(64 * 1024);

/** Files of the kernel's that are read again and again. They stay open: opening takes most of a short read's time. */
export class KeptFiles {
  private readonly descriptors = new Map<string, number>();

  /** What a file says now, or undefined when it is not there (any more). */
  readonly read = (path: string): string | undefined => this.readOpened(path) ?? this.readAnew(path);

  close(): void {
    for (const path of this.descriptors.keys()) this.forget(path);
  }

  private readOpened(path: string): string | undefined {
    const descriptor = this.descriptors.get(path);
    if (descriptor === undefined) return undefined;
    try {
      return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
    } catch (error) {
      kernelError(error);
      this.forget(path); // what it belonged to has ended; something of the same name may have taken its place
      return undefined;
    }
  }

  private readAnew(path: string): string | undefined {
    try {
      this.descriptors.set(path, openSync(path, 'r'));
    } catch (error) {
      kernelError(error);
      return undefined;
    }
    return this.readOpened(path);
  }

  private forget(path: string): void {
    closeSync(this.descriptors.get(path)!);
    this.descriptors.delete(path);
  }
}
