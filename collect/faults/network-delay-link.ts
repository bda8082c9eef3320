import { delaying } from './parts/holding.js';

/** The link to the leader or, of the leader itself, that to the first other node. */
export default delaying('other-end');
