import type { Node, TraceShell } from '../runtimes/parts/runtime.js';
import type { Fault, Measurement } from './parts/fault.js';
import { writeTimesMs } from './parts/write-times.js';

/** The write has to take this share of the delay, or the fault is not confirmed. */
const LEAST_SHARE = 0.9;
/** How much of the trace is looked at, in bytes: some hundred writes. */
const TAIL = 40_000;
/** How often the threads are looked at, to tell those that wait for the network from those that write. */
const LOOKS = 20;

/**
 * Each write of the node's log is told to be complete so much later. dqlite hands a write to a thread that waits for the
 * disk; such threads are held by a tracer, and the one that answers the network is left alone. A delay of next to nothing
 * shows what the tracer itself costs.
 */
export default {
  needs: ['volumes', 'tracing'],
  clientNodes: true,
  async prepare({ cluster, severity }) {
    const shells = new Map<string, TraceShell>();
    const spared = new Map<string, ReadonlySet<number>>();
    await Promise.all(
      cluster.nodes.map(async (node) => {
        const shell = await cluster.traceShell(node);
        shells.set(node.name, shell);
        spared.set(node.name, await waitingForNetwork(shell));
      }),
    );
    let target: Node;
    const shell = () => shells.get(target.name)!;
    const trace = () => `${shell().folder}/${target.name}.trace`;
    const traced = async () => {
      const pid = await shell().pid();
      const seen = await shell().run(`grep -hs TracerPid /proc/${pid}/task/*/status || true`);
      return /TracerPid:\s+[1-9]/.test(seen);
    };
    const lift = async () => {
      await shell().run('pkill -TERM -P $$ strace || true');
    };
    return {
      async inject(node) {
        target = node;
        const pid = await shell().pid();
        const threads = (await shell().run(`ls /proc/${pid}/task`)).trim().split(/\s+/).map(Number);
        const held = threads.filter((thread) => !spared.get(node.name)!.has(thread));
        const what = `-e trace=io_submit,io_getevents,write -e inject=io_getevents:delay_exit=${Math.round(severity * 1000)}`;
        await shell().run(
          `strace -q -ttt -s 8 -o ${trace()} ${what} ${held.map((thread) => `-p ${thread}`).join(' ')} </dev/null >/dev/null 2>&1 & sleep 0.05`,
        );
      },
      async measure(): Promise<readonly Measurement[]> {
        const times = writeTimesMs(await shell().run(`tail -c ${TAIL} ${trace()} 2>/dev/null || true`));
        if (times.length === 0 || !(await traced())) return [];
        const during = times[Math.floor(times.length / 2)]!;
        const threshold = LEAST_SHARE * severity;
        return [{ metric: 'write_time', node: target.name, before: null, during, threshold }];
      },
      lift,
      hasEnded: async () => !(await traced()),
      async cleanUp() {
        if (target) await lift();
        await Promise.all([...shells.values()].map((one) => one.close()));
      },
    };
  },
} satisfies Fault;

/** The threads of a node that were seen to wait for sockets, and so do not wait for its disk. */
async function waitingForNetwork(shell: TraceShell): Promise<ReadonlySet<number>> {
  const pid = await shell.pid();
  const look = `for t in /proc/${pid}/task/*; do echo "\${t##*/} $(cat $t/wchan)"; done; sleep 0.01;`;
  const seen = await shell.run(`for i in $(seq ${LOOKS}); do ${look} done`);
  return new Set([...seen.matchAll(/^(\d+) \w*ep_poll/gm)].map(([, thread]) => Number(thread)));
}
