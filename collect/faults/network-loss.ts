import { netem } from './parts/netem.js';

export default netem('packets_dropped', (percent) => `loss ${percent}%`);
