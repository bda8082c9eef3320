import type { Engine } from '../../docker/api.js';
import { loadConfig } from './node-arguments.js';
import type { ClusterSpec, Node } from './runtime.js';

/** Where the client leaves what it recorded, in its container. */
export const CLIENT_RESULTS = '/results';

/** Makes the client's container, on the nodes' network but none of them; returns its id. It is started later. */
export async function createClient(
  nodes: readonly Node[],
  spec: ClusterSpec,
  { engine, image, network, label }: { engine: Engine; image: string; network: string; label: string },
): Promise<string> {
  const retries = spec.load?.settings.tcp_retries2;
  const [name, value] = label.split('=') as [string, string];
  const { Id } = await engine.call<{ Id: string }>('POST', '/containers/create', {
    Image: image,
    // a container takes no file before it has been started
    Env: [`CONFIG=${loadConfig(nodes, spec)}`],
    Entrypoint: ['sh', '-c'],
    Cmd: [
      `printf %s "$CONFIG" >/config.json && exec dqlite-client load --config /config.json --out ${CLIENT_RESULTS}`,
    ],
    Labels: { [name]: value },
    HostConfig: {
      NetworkMode: network,
      Init: true,
      ...(retries !== undefined && { Sysctls: { 'net.ipv4.tcp_retries2': String(retries) } }),
    },
  });
  return Id;
}
