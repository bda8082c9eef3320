/** For the tests of what is opened in a browser. */
export { chromiumPath } from '../setup/chromium.js';
