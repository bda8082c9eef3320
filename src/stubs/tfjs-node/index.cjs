// danfojs-node loads TensorFlow when it starts, so it must resolve. Its arithmetic
// would silently round nanoseconds to float32, so using it is refused.
module.exports = new Proxy(
  {},
  {
    get: (_, name) => {
      if (typeof name === 'symbol' || name === '__esModule' || name === 'default') return undefined;
      // a function, not an arrow: danfo tests with instanceof, which needs a prototype
      return function refused() {
        throw new Error(
          `danfo's arithmetic needs TensorFlow (${String(name)}), which rounds to float32 and is not installed with dqlite-reliability: compute it in SQL with dataset.query() instead`,
        );
      };
    },
  },
);
