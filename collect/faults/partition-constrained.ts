import { cuttingLinks } from './parts/cutting-links.js';

/** The leader reaches nobody, and each of the others reaches the node alone. */
export default cuttingLinks(({ target, leader, others }) =>
  others.filter((other) => other !== leader).map((other) => [target, other]),
);
