import { dropping } from './parts/dropping.js';

/** On their way in, since a sender would be told of a packet that its own host drops. */
export default dropping(({ severity }) => [
  `INPUT -m statistic --mode random --probability ${severity / 100} -j DROP`,
]);
