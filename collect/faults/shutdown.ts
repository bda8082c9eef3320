import { ending } from './parts/ending.js';

export default ending('SIGUSR1');
