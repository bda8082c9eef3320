import { netem } from './parts/netem.js';

export default netem('packets_delayed', (ms) => `delay ${ms}ms`);
