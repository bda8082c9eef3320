import type { Engine } from '../../docker/api.js';
import { type CgroupFolders, cgroupOf, cgroupUsage } from '../../observe/cgroup.js';
import { freezeIn } from './cgroup-limits.js';
import { directly } from './compose-cluster.js';
import type { Burners } from './runtime.js';

interface Burner {
  id: string;
  folders: CgroupFolders;
}

/** Containers beside the nodes, as those of 2022 were: each a control group with a node's weight. They start frozen. */
export async function composeBurners(
  count: number,
  cpu: number | undefined,
  { engine, image, label }: { engine: Engine; image: string; label: string },
): Promise<Burners> {
  const [name, value] = label.split('=') as [string, string];
  const post = (id: string, verb: string) => engine.call('POST', `/containers/${id}/${verb}`).then(() => {});
  const start = async (): Promise<Burner> => {
    const { Id } = await engine.call<{ Id: string }>('POST', '/containers/create', {
      Image: image,
      Entrypoint: ['sh', '-c', 'while :; do :; done'],
      Labels: { [name]: value },
      HostConfig: { NetworkMode: 'none', ...(cpu === undefined ? {} : { CpusetCpus: String(cpu) }) },
    });
    await post(Id, 'start');
    await post(Id, 'pause');
    const { State } = await engine.call<{ State: { Pid: number } }>('GET', `/containers/${Id}/json`);
    return { id: Id, folders: cgroupOf(State.Pid)! };
  };
  const burners = await Promise.all(Array.from({ length: count }, start));
  const freeze = async (frozen: boolean) => {
    await Promise.all(
      burners.map(({ id, folders }) =>
        directly(
          () => freezeIn(folders, frozen),
          () => post(id, frozen ? 'pause' : 'unpause'),
        ),
      ),
    );
  };
  return {
    burn: () => freeze(false),
    hold: () => freeze(true),
    cpuNs: async () => burners.map(({ folders }) => Number(cgroupUsage(folders)?.cpu_ns ?? 0n)),
    async end() {
      // a frozen container cannot be killed
      await freeze(false);
      await Promise.all(burners.map(({ id }) => engine.call('DELETE', `/containers/${id}?force=1&v=1`)));
    },
  };
}
