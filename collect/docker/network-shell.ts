import { execa } from 'execa';
import type { NetworkShell } from '../runtimes/parts/runtime.js';

/**
 * A shell in a container's network namespace, from an image with network tools, so that nothing is installed in the
 * container. It stays open: a command takes milliseconds. It ends with the collector, since its input does.
 */
export async function openNetworkShell(
  container: string,
  image: string,
  label: string,
): Promise<NetworkShell> {
  const options = ['--network', `container:${container}`, '--cap-add', 'NET_ADMIN', '--label', label];
  const shell = execa('docker', ['run', '--rm', '-i', ...options, image, 'sh'], {
    reject: false,
    buffer: false,
    stderr: 'ignore',
  });
  let printed = '';
  let arrived = () => {};
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    arrived();
  });
  const run = (command: string) =>
    new Promise<string>((resolve, reject) => {
      printed = '';
      const ended = () => reject(new Error(`the network shell ended before: ${command}`));
      shell.once('exit', ended);
      arrived = () => {
        const end = /^<end (\d+)>\n/m.exec(printed);
        if (!end) return;
        shell.off('exit', ended);
        const output = printed.slice(0, end.index);
        if (end[1] === '0') resolve(output);
        else reject(new Error(`${command}: ${output.trim()}`));
      };
      shell.stdin.write(`{ ${command} ; } 2>&1; echo "<end $?>"\n`);
    });
  await run('true');
  return {
    run,
    async close() {
      shell.stdin.end();
      await shell;
    },
  };
}
