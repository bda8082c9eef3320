import { dropping } from './parts/dropping.js';

export default dropping(() => ['INPUT -j DROP']);
