// Runs the command line once, when its arguments come: what takes long to load, and never changes, is loaded before.
import { startThreads } from '../render/threads.js';

startThreads();
await Promise.all([import('@duckdb/node-api'), import('commander')]);

let text = '';
for await (const chunk of process.stdin) text += chunk;
if (text !== '') {
  process.argv.push(...JSON.parse(text));
  await import('./main.js');
}
