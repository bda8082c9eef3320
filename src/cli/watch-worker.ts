// Runs the command line once, when its arguments come: what takes long to load, and never changes, is loaded before.
await Promise.all([
  import('../common/bundled/vega.js'),
  import('canvas'),
  import('../common/bundled/duckdb.js'),
  import('commander'),
]);

let text = '';
for await (const chunk of process.stdin) text += chunk;
if (text !== '') {
  process.argv.push(...JSON.parse(text));
  await import('./main.js');
}
