import { ending } from './parts/ending.js';

export const stop = ending('SIGTERM');
