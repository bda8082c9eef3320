import type { Runtime } from '../../collect/runtimes/parts/runtime.js';
import { openProxy } from './node-proxy.js';
import { type Answers, honest } from './old-copy.js';

/**
 * A runtime whose client reaches each node through a proxy of its own. The first node, which leads as long as nothing happens
 * to it, answers reads by `answers`; the others are honest.
 */
export function behindProxies(runtime: Runtime, answers: () => Answers): Runtime {
  return {
    ...runtime,
    async up(spec) {
      const places = new Map<string, string>();
      const seenAs = (leader: string) => places.get(leader) ?? leader;
      const proxies = await Promise.all([answers(), honest, honest].map((own) => openProxy(seenAs, own)));
      const clientAddresses = proxies.map(({ address }) => `${address.host}:${address.port}`);
      const close = () => proxies.forEach((proxy) => void proxy.close());
      try {
        const cluster = await runtime.up({ ...spec, clientAddresses });
        for (const [i, { address }] of cluster.nodes.entries()) {
          proxies[i]!.aim(address);
          places.set(`${address.host}:${address.port}`, clientAddresses[i]!);
        }
        return { ...cluster, down: () => cluster.down().finally(close) };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}
