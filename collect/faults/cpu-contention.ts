import { burning } from './parts/burning.js';
import type { Fault } from './parts/fault.js';

/** Burners compete with all nodes for the host's cores: as in 2022, each in a control group with a node's weight. */
export default {
  needs: ['burners'],
  prepare: async ({ cluster, severity }) => burning(await cluster.startBurners(severity)),
} satisfies Fault;
