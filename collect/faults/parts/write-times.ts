const LINE = /^(\d+)\s+(\d+\.\d+)\s+(?:<\.\.\. )?(\w+)/;

/**
 * How long writes took, in ms and from the shortest to the longest, by what strace -ttt printed of the threads that wait
 * for the disk: from a thread's io_submit, over its io_getevents, to its write, by which it tells that it is done.
 */
export function writeTimesMs(printed: string): number[] {
  const begun = new Map<string, { at: number; waited: boolean }>();
  const times: number[] = [];
  for (const line of printed.split('\n')) {
    const [, thread, seconds, call] = LINE.exec(line) ?? [];
    if (thread === undefined || line.includes('<...')) continue;
    const at = Number(seconds) * 1000;
    const open = begun.get(thread);
    if (call === 'io_submit') begun.set(thread, { at, waited: false });
    else if (call === 'io_getevents' && open) open.waited = true;
    else if (call === 'write' && open?.waited) {
      times.push(at - open.at);
      begun.delete(thread);
    }
  }
  return times.sort((a, b) => a - b);
}
