import { netem } from './parts/netem.js';

export const networkDelay = netem('packets_delayed', (ms) => `delay ${ms}ms`);
