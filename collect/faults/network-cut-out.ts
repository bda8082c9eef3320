import { dropping } from './parts/dropping.js';

export default dropping(() => ['OUTPUT -j DROP']);
