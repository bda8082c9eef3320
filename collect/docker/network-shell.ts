import { execa } from 'execa';
import type { NetworkShell, TraceShell } from '../runtimes/parts/runtime.js';

/**
 * A shell in a container's network namespace, from an image with network tools, so that nothing is installed in the
 * container. It stays open: a command takes milliseconds. It ends with the collector, since its input does.
 */
export function openNetworkShell(container: string, image: string, label: string): Promise<NetworkShell> {
  const options = ['--network', `container:${container}`, '--cap-add', 'NET_ADMIN', '--label', label];
  // what it holds back for a while is to go on in time on a busy host, too; it takes little
  options.push('--cpu-shares', MOST_SHARES);
  return openShell('docker', ['run', '--rm', '-i', ...options, image, 'sh']);
}

/** The largest weight that a control group can have. */
const MOST_SHARES = '262144';

/** A shell among the processes of a container, from the same image, that may trace them; it ends as the other does. */
export async function openTraceShell(
  container: string,
  image: string,
  label: string,
  engine: readonly string[] = [],
): Promise<TraceShell> {
  const options = ['--network', 'none', '--pid', `container:${container}`, '--cap-add', 'SYS_PTRACE'];
  const shell = await openShell('docker', [
    ...[...engine, 'run', '--rm', '-i', ...options, '--label', label, '--tmpfs', '/trace', image, 'sh'],
  ]);
  return {
    ...shell,
    folder: '/trace',
    // the node is what the container's init has started
    pid: async () => Number(await shell.run('pgrep -P 1')),
  };
}

interface AskableShell extends NetworkShell {
  readonly ended: Promise<void>;
  /**
   * As `run`, for a command that changes nothing of the shell: its answer comes in one piece. Of two small ones, the second
   * would wait 40 ms for the first on its way through ssh (Nagle's algorithm).
   */
  ask(command: string): Promise<string>;
}

/** A shell that a command starts. Commands in it are run one after the other, whoever gives them. */
export async function openShell(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; detached?: boolean } = {},
): Promise<AskableShell> {
  const shell = execa(command, args, { ...options, reject: false, buffer: false, stderr: 'ignore' });
  let printed = '';
  let arrived = () => {};
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    arrived();
  });
  const runNow = (line: string, asked: string) =>
    new Promise<string>((resolve, reject) => {
      printed = '';
      const ended = () => reject(new Error(`the network shell ended before: ${line}`));
      if (shell.exitCode !== null || shell.signalCode !== null) return ended();
      shell.once('exit', ended);
      arrived = () => {
        const end = /\n<end (\d+)>\n$/.exec(printed);
        if (!end) return;
        shell.off('exit', ended);
        const output = printed.slice(0, end.index);
        if (end[1] === '0') resolve(output);
        else reject(new Error(`${line}: ${output.trim()}`));
      };
      shell.stdin.write(`${asked}\n`);
    });
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (line: string, asked: string) => {
    const now = () => runNow(line, asked);
    const result = last.then(now, now);
    last = result;
    return result;
  };
  const run = (line: string) => inTurn(line, `{ ${line} ; } 2>&1; printf '\\n<end %s>\\n' $?`);
  await run('true');
  return {
    run,
    ask: (line) => inTurn(line, `said=$( { ${line} ; } 2>&1 ); printf '%s\\n<end %s>\\n' "$said" $?`),
    ended: shell.then(() => {}),
    async close() {
      shell.stdin.end();
      await shell;
    },
  };
}
