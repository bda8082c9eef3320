import { netem } from './parts/netem.js';

export const networkLoss = netem('packets_dropped', (percent) => `loss ${percent}%`);
