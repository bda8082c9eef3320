import { cuttingLinks } from './parts/cutting-links.js';

/** Each reaches the one before it and the one after it: the node is the first, and a leader besides it the second. */
export default cuttingLinks(({ target, others }) => {
  const chain = [target, ...others];
  return others.map((other, i) => [chain[i]!, other]);
});
