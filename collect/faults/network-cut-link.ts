import { dropping } from './parts/dropping.js';

/** The link to the leader or, of the leader itself, that to the first other node; the other links stay. */
export default dropping(({ other: { address } }) => [
  `INPUT -s ${address.host} -j DROP`,
  `OUTPUT -d ${address.host} -j DROP`,
]);
