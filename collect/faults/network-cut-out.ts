import { cut } from './parts/cut.js';

export const networkCutOut = cut(['OUTPUT']);
