// danfojs-node loads xlsx when it starts, so it must resolve; using it is refused.
module.exports = new Proxy(() => {}, {
  get: (_, name) => {
    if (typeof name === 'symbol' || name === '__esModule' || name === 'default') return undefined;
    return refuse(String(name));
  },
  apply: () => refuse('call')(),
});

function refuse(name) {
  return function refused() {
    throw new Error(
      'xlsx.' +
        name +
        ' is not installed with dqlite-reliability: read files through openDataset() or DuckDB instead',
    );
  };
}
