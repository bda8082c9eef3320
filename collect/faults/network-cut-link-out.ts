import { dropping } from './parts/dropping.js';

/** To the leader or, of the leader itself, to the first other node; what that one sends arrives. */
export default dropping(({ other }) => [`OUTPUT -d ${other.address.host} -j DROP`]);
