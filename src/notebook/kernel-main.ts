/** The Jupyter kernel: tslab's, with what this project adds to its cells. Its only argument is the connection file. */
import { createRequire } from 'node:module';
import { createCellExecutor, tslabExecutor } from './cells.js';
import { reachPackagesFrom } from './reach.js';

const require = createRequire(import.meta.url);

reachPackagesFrom(process.cwd());
tslabExecutor.createExecutor = createCellExecutor;
require('tslab/dist/main.js').startKernel({ configPath: process.argv[2], enableFindLocal: false });
