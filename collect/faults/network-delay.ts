import { delaying } from './parts/holding.js';

export default delaying('all');
