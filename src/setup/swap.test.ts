import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { UserError } from '../common/errors.js';
import { type FakeHost, fakeHost } from '../testing/fake-host.js';
import { addSwap, removeSwap } from './swap.js';

const HEAD = 'Filename\tType\tSize\tUsed\tPriority\n';

/** A machine whose swapon and swapoff write the kernel's list. */
const COMMANDS = {
  dd: 'for word in "$@"; do case $word in of=*) touch "$(echo "$word" | cut -c4-)" ;; esac; done',
  chmod: '',
  mkswap: '',
  swapon: 'echo "$1 file 64 0 -2" >>"$FOLDER/swaps"',
  swapoff: `printf '${HEAD.replaceAll('\t', '\\t').replaceAll('\n', '\\n')}' >"$FOLDER/swaps"`,
};

function machine(host: FakeHost, list = HEAD) {
  const paths = { file: join(host.folder, 'swap'), list: join(host.folder, 'swaps') };
  writeFileSync(paths.list, list);
  const said: string[] = [];
  return { paths, said, say: (message: string) => said.push(message) };
}

test('a machine without swap gets a swap file, and gives it back', async (t) => {
  const host = fakeHost(t, COMMANDS, { root: true });
  const { paths, said, say } = machine(host);
  await addSwap(host, 64, say, paths);
  assert.deepEqual(host.calls(), [
    `dd if=/dev/zero of=${paths.file} bs=1M count=64`,
    `chmod 600 ${paths.file}`,
    `mkswap ${paths.file}`,
    `swapon ${paths.file}`,
  ]);
  assert.match(said[0]!, /64 MB.*--no-swap/, 'said before');
  await removeSwap(host, say, paths);
  assert.equal(host.calls().at(-1), `swapoff ${paths.file}`);
  assert.ok(!existsSync(paths.file));
  await removeSwap(host, say, paths);
  assert.match(said.at(-1)!, /nothing to take away/);
});

test('a machine that swaps already is left as it is', async (t) => {
  const host = fakeHost(t, {}, { root: true });
  const { paths, said, say } = machine(host, `${HEAD}/dev/sda2 partition 1024 0 -2\n`);
  await addSwap(host, 64, say, paths);
  assert.deepEqual(said, ['this machine swaps to /dev/sda2: no swap was added']);
});

test('a swap file that the kernel refuses leaves nothing behind', async (t) => {
  const host = fakeHost(
    t,
    { ...COMMANDS, swapon: 'echo "swapon failed: Invalid argument" >&2; exit 1' },
    { root: true },
  );
  const { paths, say } = machine(host);
  await assert.rejects(
    addSwap(host, 64, say, paths),
    (error) => error instanceof UserError && /Invalid argument/.test(error.message),
  );
  assert.ok(!existsSync(paths.file));
});

test('who is not root is told so', async (t) => {
  const host = fakeHost(t, COMMANDS);
  const { paths, say } = machine(host);
  await assert.rejects(addSwap(host, 64, say, paths), /as root only: call it with sudo/);
});
