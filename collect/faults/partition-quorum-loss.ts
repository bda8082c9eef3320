import { cuttingLinks } from './parts/cutting-links.js';

/** Each of the others reaches the node alone, which reaches all of them: it is the only one that can lead. */
export default cuttingLinks(({ target, others }) => others.map((other) => [target, other]));
