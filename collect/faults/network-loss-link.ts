import { dropping } from './parts/dropping.js';

/** Of what the leader sends or, to the leader itself, the first other node. */
export default dropping(({ severity, other }) => [
  `INPUT -s ${other.address.host} -m statistic --mode random --probability ${severity / 100} -j DROP`,
]);
