import { cut } from './parts/cut.js';

export const networkCut = cut(['INPUT', 'OUTPUT']);
