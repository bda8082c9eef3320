import type { Volume } from '../../collect/runtimes/parts/volume.js';

/** A file system that is not there. */
export class ScriptedVolume implements Volume {
  readonly folder = '/volume';
  private state: 'fine' | 'ENOSPC' | 'EROFS' | 'EIO' = 'fine';
  private unsynced = 0;

  constructor(private readonly node: { readonly effective: boolean }) {}

  async spaceLeft() {
    return this.state === 'ENOSPC' ? 0 : 4096;
  }

  async fill() {
    if (this.node.effective) this.state = 'ENOSPC';
  }

  async free() {
    this.state = 'fine';
  }

  async tryWrite() {
    return this.state === 'fine' ? undefined : this.state;
  }

  async turnReadOnly() {
    if (this.node.effective) this.state = 'EROFS';
  }

  async writeUnsynced(bytes: number) {
    this.unsynced = bytes;
  }

  async unsyncedBytes() {
    return this.unsynced;
  }

  /** Its power is cut. */
  cut() {
    if (!this.node.effective) return;
    this.state = 'EIO';
    this.unsynced = 0;
  }

  async repair() {
    this.state = 'fine';
  }
}
