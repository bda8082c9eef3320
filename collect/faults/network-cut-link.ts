import { dropping } from './parts/dropping.js';

/** The link to the first other node; that to the second one stays. */
export default dropping(({ peers }) => {
  const { host } = peers[0]!.address;
  return [`INPUT -s ${host} -j DROP`, `OUTPUT -d ${host} -j DROP`];
});
