import { cut } from './parts/cut.js';

export const networkCutIn = cut(['INPUT']);
