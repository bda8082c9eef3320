import { ending } from './parts/ending.js';

export const crash = ending('SIGKILL');
