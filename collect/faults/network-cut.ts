import { cut } from './parts/cut.js';

export default cut(['INPUT', 'OUTPUT']);
